/** Users who are remembered; the one whose session ended first is forgotten first. */
const rememberedAtMost = 10_000

/** What the numbers of sessions that have ended had reached, so that the next ones of the same users begin above them. */
export class EndedNumbers {
  readonly #byUser = new Map<string, number>()

  remember(userId: string, reached: number): void {
    if (reached === 0) return
    this.#byUser.delete(userId)
    this.#byUser.set(userId, reached)
    if (this.#byUser.size <= rememberedAtMost) return
    const [first] = this.#byUser.keys()
    if (first !== undefined) this.#byUser.delete(first)
  }

  /** 0 when nothing is known. */
  take(userId: string): number {
    const reached = this.#byUser.get(userId) ?? 0
    this.#byUser.delete(userId)
    return reached
  }
}
