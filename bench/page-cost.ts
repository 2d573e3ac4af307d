/**
 * Measures what one user's pages cost: bytes of HTML and milliseconds of the server's processor for each, with usual
 * and with the most expensive messages and names. Goals: 200 KB and 5 ms.
 *
 *   bun bench/page-cost.ts [--times 400]
 */
import { parseArgs } from "node:util"
import { startDuet } from "../tests/support/duet.ts"
import { V1Client } from "../tests/support/v1-client.ts"
import { processorTime } from "./processor-time.ts"

const { values } = parseArgs({ options: { times: { type: "string", default: "400" } } })
const times = Number(values.times)
const messages = 60

/** Messages of 4000 characters that are expensive to show, each in another way. */
const sayings: Readonly<Record<string, string>> = {
  usual: "We sat by the river until the lanterns went out, and nobody asked what time it was.",
  blocks: "```js\nx\n```\n".repeat(333),
  addresses: "http://a.b ".repeat(363),
  "marks and lines": "\n`a`".repeat(1000),
  "signs to escape": '"'.repeat(4000),
}

const env = { LOG_LEVEL: "error", MESSAGE_RATE: "0", BYTE_RATE: "0", JOURNAL_BYTES: "0" }
for (const [kind, said] of Object.entries(sayings)) await measure(kind, said)
process.exit()

async function measure(kind: string, said: string): Promise<void> {
  const duet = await startDuet(env)
  const isUsual = kind === "usual"
  const name = (i: number) => (isUsual ? `Person ${i}` : '"\u{1E8D0}\u{1E8D1}\u{1E8D2}'.repeat(32))
  const cookie = await join(duet.url)
  const { id } = cookie
  const get = async (path: string, headers: Record<string, string> = {}) =>
    await (
      await fetch(`${duet.url}/u/${id}/${path}`, {
        headers: { accept: "text/html", cookie: cookie.header, ...headers },
      })
    ).text()
  // The reader's session begins with their first page.
  await get("")
  const peers = await Promise.all(Array.from({ length: 50 }, (_, i) => V1Client.join(duet.url, name(i))))
  for (const peer of peers) peer.say(id, said)
  const talker = peers[0]
  if (talker === undefined) throw new Error("nobody came")
  for (let i = 0; i < messages; i++) talker.say(id, said)
  await talker.until(() => talker.contents.length > messages)
  const peerId = talker.id
  const page = await get(peerId)
  const before = /\?before=([\w-]+)/u.exec(page)?.[1]
  await cost(`${kind}: a conversation`, duet.pid, () => get(peerId))
  await cost(`${kind}: whom one finds`, duet.pid, () => get("?q=e"))
  if (before !== undefined)
    await cost(`${kind}: earlier lines`, duet.pid, () =>
      get(`${peerId}?before=${before}`, { "hx-request": "true" }),
    )
  for (const peer of peers) peer.send({ type: "leave" })
  await duet.stop()
}

async function join(url: string): Promise<{ id: string; header: string }> {
  const response = await fetch(`${url}/join`, {
    method: "POST",
    body: new URLSearchParams({ name: "Reader" }),
    redirect: "manual",
    headers: { accept: "text/html" },
  })
  const header = response.headers.getSetCookie().map((each) => each.split(";")[0])
  return { id: (response.headers.get("location") ?? "").split("/")[2] ?? "", header: header.join("; ") }
}

/** The median of ten rounds; it includes the server's other work. */
async function cost(what: string, pid: number, get: () => Promise<string>): Promise<void> {
  for (let i = 0; i < 100; i++) await get()
  const bytes = Buffer.byteLength(await get())
  const rounds: number[] = []
  for (let round = 0; round < 10; round++) {
    const before = await processorTime(pid)
    for (let i = 0; i < times / 10; i++) await get()
    rounds.push(((await processorTime(pid)) - before) / 1000 / (times / 10))
  }
  const median = rounds.sort((a, b) => a - b)[5] ?? 0
  console.log(`${what.padEnd(36)} ${(bytes / 1000).toFixed(1).padStart(6)} KB  ${median.toFixed(2)} ms`)
}
