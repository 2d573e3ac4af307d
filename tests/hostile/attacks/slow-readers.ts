import { idOfKey, newKey } from "../../../src/web/http/pages/identity.ts"
import type { Attack, AttackContext } from "./attack.ts"
import { frameBytes } from "./frames/bytes.ts"
import { handshakeBytes, headLength, RawPeer } from "./wire.ts"

const readers = 6
const slowRequests = 6
/** How long one connection stays open. */
const stayMs = 15_000
const words = "x".repeat(3500)

/** Sockets that read nothing while others send to them, pages that are requested and not read, requests a byte at a time. */
export const slowReaders: Attack = async (field) => {
  const each = (count: number, act: (field: AttackContext) => Promise<void>) =>
    Array.from({ length: count }, async () => {
      while (!field.isOver) {
        await field.pace()
        await act(field)
      }
    })
  await Promise.all([...each(readers, deafListener), ...each(slowRequests, slowRequest)])
}

async function deafListener(field: AttackContext): Promise<void> {
  const [reader, talker] = [newKey(), newKey()]
  const [deaf, loud] = [await enter(field, reader), await enter(field, talker)]
  deaf?.tcp.pause()
  const say = { type: "chat_message", receiver_id: idOfKey(reader), content: words }
  const bytes = frameBytes(JSON.stringify(say))
  const end = performance.now() + stayMs
  while (performance.now() < end && !field.isOver && loud !== undefined && !loud.isClosed) {
    await field.pace()
    field.count("messages to slow readers")
    await loud.write(bytes)
  }
  deaf?.reset()
  loud?.reset()
}

async function enter(field: AttackContext, key: string): Promise<RawPeer | undefined> {
  const peer = await RawPeer.open(field.port)
  await peer?.write(handshakeBytes("/ws/slow", { address: field.address(), key }))
  await peer?.until((received) => headLength(received) > 0, 5000)
  field.count("sockets")
  return peer
}

async function slowRequest(field: AttackContext): Promise<void> {
  const { random } = field
  const peer = await RawPeer.open(field.port)
  if (peer === undefined) return
  const request = random.pick([
    "GET / HTTP/1.1\r\nHost: slow.example\r\nAccept: text/html\r\nX-Slow: ",
    "POST /join HTTP/1.1\r\nHost: slow.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 16000\r\n\r\nname=",
    `GET /openapi.json HTTP/1.1\r\nHost: slow.example\r\nX-Forwarded-For: ${field.address()}\r\n\r\n`.repeat(
      40,
    ),
  ])
  peer.tcp.pause()
  await peer.write(request)
  field.count("slow requests")
  const end = performance.now() + stayMs
  while (performance.now() < end && !field.isOver && !peer.isClosed) {
    await Bun.sleep(500)
    if (!request.startsWith("GET /openapi")) await peer.write("x")
  }
  peer.reset()
}
