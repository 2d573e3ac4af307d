import { heapStats } from "bun:jsc"

/** Twice: what a first collection finalizes holds memory until the next. */
process.on("SIGUSR2", async () => {
  Bun.gc(true)
  await Bun.sleep(100)
  Bun.gc(true)
  const { heapSize, extraMemorySize } = heapStats()
  process.stdout.write(`HEAP ${heapSize + extraMemorySize}\n`)
})
