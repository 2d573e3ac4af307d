import type { Message } from "./message.ts"

/** More than a receiver holds; only one who confirms nothing lets it come to this. */
export const outstandingAtMost = 5000

/** What a session said to its peers and nobody has confirmed yet, oldest first, per peer. */
export class Outstanding {
  readonly #byPeer = new Map<string, Message[]>()
  /** Most messages go to whom the last one went to. */
  #last: { readonly peerId: string; readonly waiting: Message[] } | undefined

  /** `dropped` hears of what is waited for no longer, since too much is. */
  constructor(readonly dropped: (message: Message) => void) {}

  /** Says whether this is the first to that peer. */
  add(peerId: string, message: Message): boolean {
    const waiting = this.#last?.peerId === peerId ? this.#last.waiting : this.#byPeer.get(peerId)
    if (waiting === undefined) {
      this.#byPeer.set(peerId, [message])
      return true
    }
    if (this.#last?.waiting !== waiting) this.#last = { peerId, waiting }
    waiting.push(message)
    if (waiting.length > outstandingAtMost) this.#drop(waiting.shift())
    return false
  }

  /** The peer has everything up to this message, but for what it would not hear. */
  deliveredUpTo(peerId: string, messageId: string, unheard: ReadonlySet<string> | undefined): void {
    const waiting = this.#byPeer.get(peerId)
    if (waiting === undefined) return
    const delivered = waiting.splice(0, waiting.findIndex((message) => message.id === messageId) + 1)
    if (unheard !== undefined) waiting.unshift(...delivered.filter(({ id }) => unheard.has(id)))
  }

  /** Takes one message out; says whether it was there. */
  take(peerId: string, messageId: string): boolean {
    const waiting = this.#byPeer.get(peerId)
    const at = waiting?.findIndex((message) => message.id === messageId) ?? -1
    if (waiting === undefined || at < 0) return false
    waiting.splice(at, 1)
    return true
  }

  /** The peer has ended: what it never confirmed. */
  end(peerId: string): readonly Message[] {
    const waiting = this.#byPeer.get(peerId) ?? []
    this.#byPeer.delete(peerId)
    if (this.#last?.peerId === peerId) this.#last = undefined
    return waiting
  }

  #drop(message: Message | undefined): void {
    if (message !== undefined) this.dropped(message)
  }
}
