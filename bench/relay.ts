/**
 * Processor time of the server for one message, Duet beside the naive relay: users in pairs, a fixed
 * number of messages in flight each, limits off, rounds in turn. The ratio holds, the figures drift.
 *
 *   bun run bench [--rounds 8] [--seconds 3] [--pairs 100] [--in-flight 1]
 */
import { parseArgs } from "node:util"
import { type Contender, startContender } from "./contender.ts"
import { processorTime } from "./processor-time.ts"
import { Volley } from "./volley.ts"

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

const limitsOff = { MESSAGE_RATE: "0", BYTE_RATE: "0", MAILBOX_LIMIT: "100000", LOG_LEVEL: "error" }
const contenders = [
  await startContender("duet", ["src/main.ts"], limitsOff),
  await startContender("naive relay", ["bench/naive-relay.ts"], {}),
]

const costs = new Map<Contender, number[]>(contenders.map((each) => [each, []]))
try {
  const volleys = new Map<Contender, Volley>()
  for (const each of contenders) volleys.set(each, await Volley.connect(each.url, pairs, inFlight))
  for (const volley of volleys.values()) await volley.run(1000)
  for (let round = 1; round <= rounds; round++) {
    const line = [`round ${round}/${rounds}`]
    for (const [each, volley] of volleys) {
      const before = await processorTime(each.pid)
      const delivered = await volley.run(seconds * 1000)
      const cost = ((await processorTime(each.pid)) - before) / delivered
      costs.get(each)?.push(cost)
      line.push(`${each.name} ${cost.toFixed(1)} µs (${Math.round(delivered / seconds)}/s)`)
    }
    console.log(line.join("   "))
  }
  for (const volley of volleys.values()) volley.close()
} finally {
  for (const each of contenders) each.stop()
}

const [duet = [], naive = []] = [...costs.values()]
const ratios = duet.map((cost, i) => cost / (naive[i] ?? Number.NaN))
console.log(`\nprocessor time of the server a delivered message, median of ${rounds} rounds:`)
for (const [each, list] of costs) console.log(`  ${each.name.padEnd(12)} ${median(list).toFixed(1)} µs`)
console.log(`  duet / naive, round by round: median ${median(ratios).toFixed(2)}, ${range(ratios)}`)

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function range(list: readonly number[]): string {
  return `from ${Math.min(...list).toFixed(2)} to ${Math.max(...list).toFixed(2)}`
}
