import { newKey } from "../../../src/web/http/pages/identity.ts"
import type { Attack, AttackContext } from "./attack.ts"
import { frameBytes } from "./frames/bytes.ts"
import { handshakeBytes, headLength, RawPeer } from "./wire.ts"

const lanes = 4

/** Connections that end by RST: at once, or within a request, a handshake, a frame or an answer. */
export const resets: Attack = async (field) => {
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (!field.isOver) {
        await field.pace()
        await reset(field)
      }
    }),
  )
}

async function reset(field: AttackContext): Promise<void> {
  const { random } = field
  const peer = await RawPeer.open(random.pick(field.ports) ?? field.port)
  if (peer === undefined) return
  field.count("connections reset")
  const address = field.address()
  const greeting = handshakeBytes("/ws/gone", { address, key: random.chance(0.5) ? newKey() : undefined })
  const ping = frameBytes('{"type":"ping"}')
  switch (random.below(6)) {
    case 0:
      break
    case 1:
      await peer.write(greeting.slice(0, random.below(greeting.length)))
      break
    case 2:
      await peer.write(greeting)
      break
    case 3:
      await peer.write(greeting)
      await peer.until((received) => headLength(received) > 0, 2000)
      await peer.write(ping.subarray(0, random.below(ping.length)))
      break
    case 4:
      await peer.write(Buffer.concat([Buffer.from(greeting), ...Array<Buffer>(50).fill(ping)]))
      break
    default:
      await peer.write(
        `GET /docs HTTP/1.1\r\nHost: gone.example\r\nX-Forwarded-For: ${address}\r\n\r\n`.repeat(8),
      )
  }
  if (random.chance(0.3)) await Bun.sleep(random.below(50))
  peer.reset()
}
