import type { Clock } from "./options.ts"

/** A sign of typing holds this long, in milliseconds. */
const holdsMs = 6000

/** And is said again no more often than this. */
const againMs = 3000

/** Who is typing to this user. */
export class TypingPeers {
  readonly #expiries = new Map<string, () => void>()

  constructor(
    readonly clock: Clock,
    readonly tell: (userId: string, isTyping: boolean) => void,
  ) {}

  heard(userId: string, isTyping: boolean): void {
    if (!isTyping) return this.stopped(userId)
    const expiry = this.#expiries.get(userId)
    expiry?.()
    this.#expiries.set(
      userId,
      this.clock.after(holdsMs, () => this.stopped(userId)),
    )
    if (expiry === undefined) this.tell(userId, true)
  }

  stopped(userId: string): void {
    const expiry = this.#expiries.get(userId)
    if (expiry === undefined) return
    expiry()
    this.#expiries.delete(userId)
    this.tell(userId, false)
  }

  allStopped(): void {
    for (const userId of [...this.#expiries.keys()]) this.stopped(userId)
  }
}

/** To whom this user is typing: what a program says at every key is sent as often as it must be. */
export class OwnTyping {
  readonly #saidAt = new Map<string, number>()

  constructor(readonly clock: Clock) {}

  /** Says whether this is worth sending. */
  isNews(peerId: string, isTyping: boolean): boolean {
    const saidAt = this.#saidAt.get(peerId)
    if (!isTyping) return this.#saidAt.delete(peerId)
    const now = this.clock.now()
    if (saidAt !== undefined && now - saidAt < againMs) return false
    this.#saidAt.set(peerId, now)
    return true
  }

  /** The peer's side ends it when a message comes. */
  said(peerId: string): void {
    this.#saidAt.delete(peerId)
  }
}
