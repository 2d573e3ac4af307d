import { idOfKey, newKey } from "../../../../src/web/http/pages/identity.ts"
import { faultInStatus } from "../../promises.ts"
import type { Attack, AttackContext } from "../attack.ts"
import { RawPeer, readStatuses } from "../wire.ts"
import { type HttpKnown, mutatedRequest } from "./requests.ts"

const lanes = 16
/** How long a request waits for an answer; many get none. */
const answerMs = 250

/** Requests with one fault each, several on a connection while the server keeps it open. */
export const fuzzHttp: Attack = async (field) => {
  const people = Array.from({ length: 8 }, () => newKey())
  const known: HttpKnown = {
    ids: people.map(idOfKey),
    cookies: people.map((key) => `duet=${key}.mallory`),
  }
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (!field.isOver) await connection(field, known)
    }),
  )
}

async function connection(field: AttackContext, known: HttpKnown): Promise<void> {
  const { random } = field
  const peer = await RawPeer.open(random.pick(field.ports) ?? field.port)
  if (peer === undefined) {
    field.count("connections refused")
    return await field.pace(10)
  }
  const address = field.address()
  for (let left = 1 + random.below(6); left > 0 && !peer.isClosed && !field.isOver; left--) {
    await field.pace()
    const { kind, bytes } = mutatedRequest(known, address, random)
    field.count("HTTP, mutated bytes")
    const input = bytes.toString("base64").slice(0, 4000)
    field.trace(`${kind} ${input}`)
    const before = peer.received.length
    await peer.write(bytes)
    const isAnswered = await peer.until((received) => received.length > before, answerMs)
    const faults = readStatuses(peer.received.subarray(before)).map(faultInStatus)
    const what = faults.find((fault) => fault !== undefined)
    if (what !== undefined) field.found({ what: `${what} to ${kind}`, how: `request in base64: ${input}` })
    if (!isAnswered) break
  }
  peer.reset()
}
