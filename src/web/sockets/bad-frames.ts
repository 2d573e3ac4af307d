const tolerated = 10
const withinMs = 10_000

/** Remembers when bad frames came: ten within ten seconds are too many. */
export class BadFrames {
  #times: number[] = []

  /** Notes one more; `now` in milliseconds. */
  tooMany(now: number): boolean {
    this.#times = this.#times.filter((time) => time > now - withinMs)
    this.#times.push(now)
    return this.#times.length >= tolerated
  }
}
