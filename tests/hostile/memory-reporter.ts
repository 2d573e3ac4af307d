import { heapStats } from "bun:jsc"

/** Collects twice: what the first collection finalizes holds memory until the second. */
process.on("SIGUSR2", async () => {
  Bun.gc(true)
  await Bun.sleep(100)
  Bun.gc(true)
  const { heapSize, extraMemorySize } = heapStats()
  process.stdout.write(`HEAP ${heapSize + extraMemorySize}\n`)
})
