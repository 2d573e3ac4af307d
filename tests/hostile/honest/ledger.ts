/** A numbered message ("word") of an honest person, and what became of it. */
export interface Word {
  readonly content: string
  readonly from: string
  readonly number: number
  /** When it was first sent, and in which phase of the run. */
  readonly saidAt: number
  readonly phase: string
  /** The number of the sender's session. */
  readonly session: number
  id: string | undefined
  refused: string | undefined
  /** The sender heard `undelivered`. */
  isUndelivered: boolean
  /** The sender learned that the message's session is over, and with it all that was open there. */
  isSessionOver: boolean
  heardAt: number | undefined
}

/** How the words ended. For unaccounted ones, echoed or not, the sender never heard what became of them. */
export interface Account {
  readonly said: number
  readonly delivered: number
  readonly undelivered: number
  readonly refused: number
  readonly sessionOver: number
  readonly unaccounted: number
  /** Refusals by code. */
  readonly refusals: Readonly<Record<string, number>>
}

/** Records what all honest people sent and received. It sees only what clients see. */
export class Ledger {
  /** What a server may never do: deliver a word twice, or after a later one. */
  readonly violations: string[] = []
  readonly #words = new Map<string, Word>()
  readonly #byId = new Map<string, Word>()
  /** Ids reported before the echo came, as can happen at a resume. */
  readonly #undelivered = new Set<string>()
  /** The newest number heard, per sender and session. */
  readonly #newest = new Map<string, number>()
  phase = "calm"

  constructor(readonly now: () => number) {}

  say(from: string, number: number, session: number): Word {
    const word: Word = {
      content: `${from} ${number}`,
      from,
      number,
      saidAt: this.now(),
      phase: this.phase,
      session,
      id: undefined,
      refused: undefined,
      isUndelivered: false,
      isSessionOver: false,
      heardAt: undefined,
    }
    this.#words.set(word.content, word)
    return word
  }

  echoed(content: string, id: string): void {
    const word = this.#words.get(content)
    if (word === undefined) return void this.#violated(`an echo of what nobody said: ${content}`)
    word.id = id
    word.isUndelivered ||= this.#undelivered.delete(id)
    this.#byId.set(id, word)
  }

  undelivered(id: string): void {
    const word = this.#byId.get(id)
    if (word === undefined) this.#undelivered.add(id)
    else word.isUndelivered = true
  }

  heard(content: string): void {
    const word = this.#words.get(content)
    if (word === undefined) return this.#violated(`nobody said ${content}`)
    if (word.heardAt !== undefined) return this.#violated(`heard twice: ${content}`)
    word.heardAt = this.now()
    const stream = `${word.from} of session ${word.session}`
    const newest = this.#newest.get(stream) ?? -1
    if (word.number < newest) this.#violated(`heard after ${newest}: ${content}`)
    this.#newest.set(stream, word.number)
  }

  /** The delivery times of a phase's words, in milliseconds, for those senders. */
  times(phase: string, speaks: (from: string) => boolean): number[] {
    return [...this.#words.values()]
      .filter((word) => word.phase === phase && speaks(word.from))
      .flatMap(({ heardAt, saidAt }) => (heardAt === undefined ? [] : [heardAt - saidAt]))
  }

  get unaccounted(): Word[] {
    return [...this.#words.values()].filter((word) => fateOf(word) === "unaccounted")
  }

  account(speaks: (from: string) => boolean = () => true): Account {
    const words = [...this.#words.values()].filter(({ from }) => speaks(from))
    const count = (fate: string) => words.filter((word) => fateOf(word) === fate).length
    const refusals: Record<string, number> = {}
    for (const { refused } of words)
      if (refused !== undefined) refusals[refused] = (refusals[refused] ?? 0) + 1
    return {
      said: words.length,
      delivered: count("delivered"),
      undelivered: count("undelivered"),
      refused: count("refused"),
      sessionOver: count("session over"),
      unaccounted: count("unaccounted"),
      refusals,
    }
  }

  #violated(what: string): void {
    if (this.violations.length < 100) this.violations.push(what)
  }
}

/** A word that was heard is delivered, whatever was reported; all others must have been reported. */
function fateOf({ heardAt, isUndelivered, refused, isSessionOver }: Word): string {
  if (heardAt !== undefined) return "delivered"
  if (isUndelivered) return "undelivered"
  if (refused !== undefined) return "refused"
  return isSessionOver ? "session over" : "unaccounted"
}

/** The value below which that share lies; `undefined` without values. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
