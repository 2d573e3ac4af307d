/**
 * Measures honest people's delivery times while one address sends 40 Mbit/s of one kind of frame, for each kind, and
 * for as long without a flood on the same server. Goal: p99 at most three times the quiet one.
 *
 *   bun bench/floods.ts [--seconds 6] [--only WORDS]
 */
import { parseArgs } from "node:util"
import { newKey } from "../src/web/http/pages/identity.ts"
import { floodFrames } from "../tests/hostile/attacks/floods.ts"
import { handshakeBytes, headLength, RawPeer } from "../tests/hostile/attacks/wire.ts"
import { startDuet } from "../tests/support/duet.ts"

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "6" },
    only: { type: "string" },
    flood: { type: "string" },
    port: { type: "string" },
  },
})
const ms = Number(values.seconds) * 1000
if (!(ms > 0)) throw new Error("--seconds takes a number above 0")
/** The sockets of the flooding address, and their rate together. */
const sockets = 2
const bytesPerSecond = 5_000_000
/** Honest pairs, who write at less than the default rate. */
const pairs = 6
const everyMs = 120
const goal = 3

if (values.flood !== undefined) await flood(values.flood, Number(values.port))
else await compare()

async function compare(): Promise<void> {
  const duet = await startDuet({ LIMIT_PRIVATE: "1", TRUST_PROXY: "1", LOG_LEVEL: "error" })
  const talk = await Promise.all(Array.from({ length: pairs }, (_, i) => Talk.between(duet.url, i)))
  await measure(talk, 2000)
  const [quiet, rows]: [number[], { kind: string; took: number[] }[]] = [[], []]
  for (const kind of Object.keys(floodFrames(""))) {
    if (values.only !== undefined && !kind.includes(values.only)) continue
    quiet.push(...(await measure(talk, ms)))
    const flooder = Bun.spawn(
      [
        process.execPath,
        import.meta.path,
        "--flood",
        kind,
        "--port",
        `${duet.port}`,
        "--seconds",
        values.seconds,
      ],
      { stdout: "ignore", stderr: "inherit" },
    )
    rows.push({ kind, took: await measure(talk, ms) })
    await flooder.exited
  }
  const base = at(quiet, 0.99)
  console.log(
    `quiet: p50 ${at(quiet, 0.5).toFixed(1)} ms, p99 ${base.toFixed(1)} ms of ${quiet.length} messages`,
  )
  for (const { kind, took } of rows) {
    const p99 = at(took, 0.99)
    const ratio = p99 / base
    console.log(
      `${kind.padEnd(26)}p50 ${at(took, 0.5).toFixed(1).padStart(5)} ms   p99 ${p99.toFixed(1).padStart(6)} ms   ` +
        `${ratio.toFixed(1).padStart(4)} times the quiet one${ratio > goal ? "   ABOVE THE GOAL" : ""}`,
    )
  }
  await duet.stop()
  process.exit()
}

/** Delivery times in milliseconds. */
async function measure(talk: readonly Talk[], forMs: number): Promise<number[]> {
  for (const each of talk) each.took.length = 0
  await Bun.sleep(forMs)
  return talk.flatMap(({ took }) => took)
}

function at(sample: readonly number[], part: number): number {
  const sorted = sample.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Two honest people; one sends, the other receives. */
class Talk {
  readonly took: number[] = []

  static async between(url: string, serial: number): Promise<Talk> {
    const talk = new Talk()
    const address = `203.0.113.${100 + serial}`
    const [left, right] = [await join(url, "left", address), await join(url, "right", address)]
    right.socket.onmessage = ({ data }) => {
      const frame = JSON.parse(String(data))
      if (frame.type !== "chat_message") return
      talk.took.push(performance.now() - Number(frame.message.content))
      right.socket.send(JSON.stringify({ type: "ack", seq: frame.seq }))
    }
    setInterval(() => {
      const content = `${performance.now()}`
      left.socket.send(JSON.stringify({ type: "chat_message", receiver_id: right.id, content }))
    }, everyMs)
    return talk
  }
}

function join(url: string, name: string, address: string): Promise<{ socket: WebSocket; id: string }> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws/${name}`, {
    protocols: ["duet.v1"],
    headers: { "x-forwarded-for": address },
  })
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error("an honest person could not join"))
    socket.onmessage = ({ data }) => resolve({ socket, id: JSON.parse(String(data)).user_id })
  })
}

async function flood(kind: string, port: number): Promise<void> {
  const frame = floodFrames(crypto.randomUUID())[kind]
  if (frame === undefined) throw new Error(`there is no flood of ${kind}`)
  await Promise.all(Array.from({ length: sockets }, () => pour(frame, port)))
  process.exit()
}

async function pour(frame: Buffer, port: number): Promise<void> {
  const peer = await RawPeer.open(port)
  await peer?.write(handshakeBytes("/ws/flood", { address: "203.0.113.66", key: newKey() }))
  await peer?.until((received) => headLength(received) > 0, 5000)
  const bytes = Buffer.concat(Array<Buffer>(Math.max(1, Math.floor(32_768 / frame.length))).fill(frame))
  const begun = performance.now()
  for (let sent = 0; peer !== undefined && !peer.isClosed; ) {
    const passed = performance.now() - begun
    if (passed > ms) break
    if ((sent / passed) * 1000 > bytesPerSecond / sockets) await Bun.sleep(2)
    else {
      sent += bytes.length
      await peer.write(bytes)
    }
  }
  peer?.reset()
}
