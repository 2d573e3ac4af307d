import type { Ref } from "../ref.ts"

/**
 * Why a message was not handled: the mailbox was `full`; `dropped-oldest`, to make room for a newer one; a
 * `transient` one over half depth; told to the `dead`; queued when its actor `stopped`; `stale`, for it was
 * made for an earlier incarnation.
 */
export type DeadLetterReason = "full" | "dropped-oldest" | "transient" | "dead" | "stopped" | "stale"

export interface DeadLetter {
  /** The message's `type`, or its JavaScript type when it has none. Never its content. */
  readonly type: string
  readonly reason: DeadLetterReason
  readonly path: string
}

const REMEMBERED = 32

/** Counts every message that no actor handled, by reason, and remembers the last 32 by type. */
export class DeadLetters {
  readonly byReason: Record<DeadLetterReason, number> = {
    full: 0,
    "dropped-oldest": 0,
    transient: 0,
    dead: 0,
    stopped: 0,
    stale: 0,
  }
  readonly #latest: { type: string; reason: DeadLetterReason; to: Ref<never> }[] = []
  #next = 0

  get total(): number {
    return Object.values(this.byReason).reduce((sum, count) => sum + count, 0)
  }

  /** Oldest first. */
  get recent(): readonly DeadLetter[] {
    const ordered = [...this.#latest.slice(this.#next), ...this.#latest.slice(0, this.#next)]
    return ordered.map(({ type, reason, to }) => ({ type, reason, path: to.path }))
  }

  add(to: Ref<never>, reason: DeadLetterReason, message: unknown): void {
    this.byReason[reason]++
    this.#latest[this.#next] = { type: typeOf(message), reason, to }
    this.#next = (this.#next + 1) % REMEMBERED
  }
}

/** The `type` of a message, or its JavaScript type. */
export function typeOf(message: unknown): string {
  if (typeof message !== "object" || message === null) return typeof message
  return "type" in message && typeof message.type === "string" ? message.type : "object"
}
