/**
 * Measures whether memory is freed: many users join, talk and leave, round after round, with a forced collection after
 * each. The figures of the last rounds should not grow.
 *
 *   bun bench/memory.ts [--users 10000] [--rounds 10]
 */
import { heapStats } from "bun:jsc"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { readConfig } from "../src/config.ts"
import { Duet } from "../src/duet.ts"

const { values } = parseArgs({
  options: { users: { type: "string", default: "10000" }, rounds: { type: "string", default: "10" } },
})
const rounds = Number(values.rounds)

const limitsOff = { MESSAGE_RATE: "0", BYTE_RATE: "0", FRAME_RATE: "0", LEAVE_GRACE: "0", LOG_LEVEL: "error" }
const duet = new Duet(readConfig({ ...limitsOff, HOST: "127.0.0.1", PORT: "0" }), "bench")
const port = await duet.start()
const crowd = Bun.spawn(
  [process.execPath, join(import.meta.dir, "memory-crowd.ts"), `ws://127.0.0.1:${port}`, values.users],
  {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  },
)
const answers = crowd.stdout.getReader()

const heaps: number[] = []
for (let round = 1; round <= rounds; round++) {
  crowd.stdin.write("round\n")
  crowd.stdin.flush()
  await answers.read()
  await Bun.sleep(1000)
  Bun.gc(true)
  Bun.gc(true)
  const { heapSize, objectCount } = heapStats()
  heaps.push(heapSize)
  const rss = process.memoryUsage().rss
  console.log(
    `round ${round}/${rounds}   heap ${megabytes(heapSize)} MB, ${objectCount} objects   resident ${megabytes(rss)} MB`,
  )
}
const late = heaps.slice(4)
const spread = (Math.max(...late) / Math.min(...late) - 1) * 100
console.log(`\nheap of rounds 5 to ${rounds}: the largest is ${spread.toFixed(1)}% above the smallest`)
crowd.kill()
await duet.stop()
process.exit()

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
