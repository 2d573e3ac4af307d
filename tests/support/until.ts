/** Calls `look` until it returns neither false nor undefined; rejects after `withinMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | false | undefined> | T | false | undefined,
  withinMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const seen = await look()
    if (seen !== false && seen !== undefined) return seen
    if (performance.now() > deadline) throw new Error(`timed out after ${withinMs} ms: ${what}`)
    await Bun.sleep(20)
  }
}
