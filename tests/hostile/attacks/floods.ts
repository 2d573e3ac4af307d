import { idOfKey, newKey } from "../../../src/web/http/pages/identity.ts"
import type { Attack, AttackContext } from "./attack.ts"
import { frameBytes, opcodes } from "./frames/bytes.ts"
import { handshakeBytes, headLength, RawPeer } from "./wire.ts"

/** The most frames, and bytes, of one write. */
const batch = { frames: 200, bytes: 65_536 }
/** A larger frame counts as several inputs, so that floods stay below 40 Mbit/s. */
const bytesPerInput = 1250
/** How long one flood lasts before the next begins. */
const burstMs = 4000
/** All floods come from one address, as from one attacker. */
const address = "203.0.113.66"

/** Valid frames of every kind as fast as the rate and the socket allow, on two sockets of one address. */
export const floods: Attack = async (field) => {
  await Promise.all([0, 1].map((lane) => flooding(field, lane)))
}

async function flooding(field: AttackContext, lane: number): Promise<void> {
  const victim = newKey()
  const frames = Object.values(floodFrames(idOfKey(victim)))
  for (let turn = lane; !field.isOver; turn++) {
    const frame = frames[turn % frames.length] ?? frameBytes("")
    await burst(field, frame, turn % 2 === 0 ? newKey() : victim)
  }
}

async function burst(field: AttackContext, frame: Buffer, key: string): Promise<void> {
  const peer = await RawPeer.open(field.port)
  if (peer === undefined) return await field.pace(500)
  await peer.write(handshakeBytes("/ws/flood", { address, key }))
  await peer.until((received) => headLength(received) > 0, 5000)
  field.count("sockets")
  const count = Math.max(1, Math.min(batch.frames, Math.floor(batch.bytes / frame.length)))
  const bytes = Buffer.concat(Array<Buffer>(count).fill(frame))
  const end = performance.now() + burstMs
  while (performance.now() < end && !peer.isClosed && !field.isOver) {
    await field.pace(Math.max(count, bytes.length / bytesPerInput))
    field.count("frames of floods", count)
    await peer.write(bytes)
  }
  peer.reset()
  await field.pace(count)
}

/** A frame of each kind for floods, by description. */
export function floodFrames(victim: string): Readonly<Record<string, Buffer>> {
  const deep = `${"[".repeat(8000)}${"]".repeat(8000)}`
  const texts = {
    ack: '{"type":"ack","seq":0}',
    ping: '{"type":"ping"}',
    typing: `{"type":"typing","receiver_id":"${victim}","is_typing":true}`,
    status: '{"type":"status","status":"away"}',
    rename: '{"type":"rename","name":"x"}',
    "watch of 100": JSON.stringify({ type: "watch", user_ids: Array(100).fill(victim) }),
    block: `{"type":"block","user_id":"${victim}"}`,
    seen: `{"type":"seen","peer_id":"${victim}","message_id":"${victim}"}`,
    "brackets within brackets": `{"type":"ping","x":${deep}}`,
    message: `{"type":"chat_message","receiver_id":"${victim}","content":"again and again"}`,
  }
  const frames = Object.entries(texts).map(([what, text]) => [what, frameBytes(text)])
  return { ...Object.fromEntries(frames), "ping of the WebSocket": frameBytes("", { opcode: opcodes.ping }) }
}
