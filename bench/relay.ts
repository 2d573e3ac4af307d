/**
 * Measures the server's processor time per message: the naive relay, Duet's classic protocol, and `duet.v1` with
 * acknowledgements and ticks; then `duet.v1` by our own client, whose own work spreads the server's load. Users in
 * pairs, a fixed number of messages in flight each (one for the client), limits off, rounds in turn. Compare the
 * ratios: the figures drift.
 *
 *   bun run bench [--rounds 8] [--seconds 3] [--pairs 100] [--in-flight 1]
 */
import { parseArgs } from "node:util"
import { ClientVolley } from "./client-volley.ts"
import { type Contender, startContender } from "./contender.ts"
import type { Load } from "./load.ts"
import { processorTime } from "./processor-time.ts"
import { type Speech, Volley } from "./volley.ts"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "8" },
    seconds: { type: "string", default: "3" },
    pairs: { type: "string", default: "100" },
    "in-flight": { type: "string", default: "1" },
  },
})
const [rounds, seconds, pairs, inFlight] = [
  values.rounds,
  values.seconds,
  values.pairs,
  values["in-flight"],
].map(Number)
if (!rounds || !seconds || !pairs || !inFlight) throw new Error("every option takes a number above 0")

interface Entrant {
  readonly name: string
  readonly server: Contender
  readonly load: Load
  /** Microseconds per message, one value per round. */
  readonly costs: number[]
}

const limitsOff = {
  MESSAGE_RATE: "0",
  BYTE_RATE: "0",
  FRAME_RATE: "0",
  MAILBOX_LIMIT: "100000",
  LOG_LEVEL: "error",
}
const relay = await startContender("naive relay", ["bench/naive-relay.ts"], {})
const duet = await startContender("duet", ["src/main.ts"], limitsOff)

async function enter(name: string, server: Contender, load: Load): Promise<Entrant> {
  await load.run(1000)
  return { name, server, load, costs: [] }
}

try {
  const volley = (url: string, speech: Speech) => Volley.connect(url, pairs, inFlight, speech)
  const naive = await enter("naive relay", relay, await volley(relay.url, "classic"))
  const classic = await enter("duet classic", duet, await volley(duet.url, "classic"))
  const v1 = await enter("duet.v1", duet, await volley(duet.url, "duet.v1"))
  const client = await enter("our client", duet, await ClientVolley.connect(duet.url, pairs))
  const entrants = [naive, classic, v1, client]
  for (let round = 1; round <= rounds; round++) {
    const line = [`round ${round}/${rounds}`]
    for (const { name, server, load, costs } of entrants) {
      const before = await processorTime(server.pid)
      const delivered = await load.run(seconds * 1000)
      const cost = ((await processorTime(server.pid)) - before) / delivered
      costs.push(cost)
      line.push(`${name} ${cost.toFixed(1)} µs (${Math.round(delivered / seconds)}/s)`)
    }
    console.log(line.join("   "))
  }
  console.log(`\nprocessor time of the server a delivered message, median of ${rounds} rounds:`)
  for (const { name, costs, load } of entrants) {
    console.log(`  ${name.padEnd(12)} ${median(costs).toFixed(1)} µs`)
    load.close()
  }
  compare(classic, naive)
  compare(v1, classic)
  compare(client, classic)
} finally {
  relay.stop()
  duet.stop()
}
process.exit()

function compare(one: Entrant, other: Entrant): void {
  const ratios = one.costs.map((cost, i) => cost / (other.costs[i] ?? Number.NaN))
  const range = `from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`
  console.log(`  ${one.name} / ${other.name}, round by round: median ${median(ratios).toFixed(2)}, ${range}`)
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
