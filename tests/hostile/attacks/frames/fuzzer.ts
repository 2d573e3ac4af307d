import { idOfKey, newKey } from "../../../../src/web/http/pages/identity.ts"
import { faultInFrame, faultInStatus, type Speech } from "../../promises.ts"
import type { Attack, AttackContext } from "../attack.ts"
import { handshakeBytes, headLength, RawPeer, readFrames, readStatuses } from "../wire.ts"
import { type FramePiece, frameBytes, mutatedFrame, opcodes } from "./bytes.ts"
import { HostileCrowd } from "./crowd.ts"
import { mutatedWords, names, rightWords } from "./words.ts"

const lanes = 8
const piecesAtMost = 30
/** How long a connection waits for the server's answers. */
const answerMs = 300

/** Valid handshakes, then valid, nearly valid and random frames and JSON. */
export const fuzzFrames: Attack = async (field) => {
  const crowd = new HostileCrowd()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (!field.isOver) {
        await field.pace()
        await connection(field, crowd)
      }
    }),
  )
}

async function connection(field: AttackContext, crowd: HostileCrowd): Promise<void> {
  const { random } = field
  const port = random.pick(field.ports) ?? field.port
  const peer = await RawPeer.open(port)
  if (peer === undefined) return void field.count("connections refused")
  const speech = random.pick<Speech>(["classic", "duet.v1", "duet.v1", "page"])
  const pieces: FramePiece[] = []
  await peer.write(greeting(field, crowd, speech))
  await peer.until((received) => headLength(received) > 0, 5000)
  field.count("sockets")
  if (readStatuses(peer.received)[0] === 101) {
    for (let left = 1 + random.below(piecesAtMost); left > 0 && !peer.isClosed && !field.isOver; left--) {
      await field.pace()
      const piece = nextPiece(field, crowd)
      pieces.push(piece)
      field.trace(`${speech} ${piece.kind} ${piece.bytes.toString("base64").slice(0, 4000)}`)
      await peer.write(piece.bytes)
    }
    await peer.write(frameBytes("the end", { opcode: opcodes.ping }))
    await peer.until((received) => received.includes("the end"), answerMs)
  }
  judge(field, peer, speech, pieces)
  crowd.learn(peer.received)
  if (random.chance(0.5)) peer.reset()
  else peer.end()
  await peer.closed(1000)
  if (!peer.isClosed) peer.reset()
}

function greeting(field: AttackContext, crowd: HostileCrowd, speech: Speech): string {
  const { random } = field
  const known = random.chance(0.3) ? random.pick(crowd.keys) : undefined
  const key = known ?? newKey()
  crowd.add(key)
  const query = random.pick(["", "", "?after=0", "?after=1&epoch=x", "?epoch=x&after=3", "?after=3"])
  const address = field.address()
  if (speech === "page") {
    const cookie = `duet=${key}.mallory`
    return handshakeBytes(`/u/${idOfKey(key)}/socket${query}`, { address, cookie })
  }
  const name = encodeURIComponent(random.pick(names).toWellFormed().slice(0, 30))
  return handshakeBytes(`/ws/${random.chance(0.7) ? "mallory" : name}${query}`, {
    address,
    key: speech === "duet.v1" ? key : undefined,
  })
}

function nextPiece(field: AttackContext, crowd: HostileCrowd): FramePiece {
  const { random } = field
  if (random.chance(0.5)) {
    field.count("frames, mutated JSON")
    return { kind: "mutated JSON", bytes: frameBytes(mutatedWords(crowd, random), { mask: random.bytes(4) }) }
  }
  field.count("frames, mutated bytes")
  return mutatedFrame(rightWords(crowd, random), random)
}

function judge(field: AttackContext, peer: RawPeer, speech: Speech, pieces: readonly FramePiece[]): void {
  const [status] = readStatuses(peer.received)
  const isSocket = status === 101
  const mayEcho = pieces.some(({ kind }) => kind !== "mutated JSON" && kind !== "well formed")
  const faults = isSocket
    ? readFrames(peer.received).map((frame) => faultInFrame(frame, speech, mayEcho))
    : [status && faultInStatus(status)]
  const what = faults.find((fault) => fault !== undefined)
  if (typeof what !== "string") return
  const sent = pieces.map(({ kind, bytes }) => `${kind}: ${bytes.toString("base64").slice(0, 2000)}`)
  field.found({ what, how: `${speech}, seed ${field.random.seed}; sent: ${sent.join(" | ")}` })
}
