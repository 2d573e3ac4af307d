import type { Clock } from "./options.ts"

/** After this a peer's typing expires, in milliseconds. */
const holdsMs = 6000

/** The shortest time between two typing frames to one peer, in milliseconds. */
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

/** Whom this user is typing to: a program may report every key, and few frames are sent. */
export class OwnTyping {
  readonly #saidAt = new Map<string, number>()

  constructor(readonly clock: Clock) {}

  /** Returns whether a frame is due. */
  isDue(peerId: string, isTyping: boolean): boolean {
    const saidAt = this.#saidAt.get(peerId)
    if (!isTyping) return this.#saidAt.delete(peerId)
    const now = this.clock.now()
    if (saidAt !== undefined && now - saidAt < againMs) return false
    this.#saidAt.set(peerId, now)
    return true
  }

  /** A message ends the typing on the peer's side. */
  said(peerId: string): void {
    this.#saidAt.delete(peerId)
  }
}
