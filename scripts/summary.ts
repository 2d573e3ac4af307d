/**
 * Reads the counts of `bun test` from the last lines of its output. Its JUnit report would be easier to read, but leaves
 * out a file that cannot be loaded.
 */
export class Summary {
  #tail = ""

  /** Passes the runner's output on, and keeps its end. */
  async follow(output: ReadableStream<Uint8Array>, to: NodeJS.WritableStream): Promise<void> {
    const decoder = new TextDecoder()
    for await (const piece of output) {
      to.write(piece)
      this.#tail = (this.#tail + decoder.decode(piece, { stream: true })).slice(-4000)
    }
  }

  /** `N passed, N failed`, and `, N skipped` if any; a runner that failed without a failed test counts as one. */
  line(status: number): string {
    const plain = Bun.stripANSI(this.#tail)
    const count = (what: string) =>
      Number([...plain.matchAll(new RegExp(`^ (\\d+) ${what}$`, "gm"))].at(-1)?.[1] ?? 0)
    const failed = count("fail")
    const skipped = count("skip") + count("todo")
    const counted = `${count("pass")} passed, ${failed === 0 && status !== 0 ? 1 : failed} failed`
    return skipped > 0 ? `${counted}, ${skipped} skipped` : counted
  }
}
