import { type Account, costs } from "../../memory/memory-budget.ts"
import { isWithin, type MessageRanges } from "./message-ranges.ts"

/** Messages on their way at once, over all peers: more than any one receiver holds. */
export const inFlightAtMost = 2000

/** Peers to whom something is on its way. */
export const peersAtMost = 1000

/** Beyond so many peers, those to whom nothing is on its way are forgotten. */
const rememberedPeers = 128

export interface InFlightParts {
  readonly account: Account
  /** What is waited for no longer, since too much is. */
  dropped(peerId: string, messageId: string): void
  /** Nothing is on its way to this peer, and others need the room. */
  forgotten(peerId: string): void
}

/** The ids of what a session said to its peers and nobody has confirmed yet, oldest first, per peer. */
export class InFlight {
  readonly #byPeer = new Map<string, string[]>()
  /** Most messages go to whom the last one went to. */
  #last: { readonly peerId: string; readonly waiting: string[] } | undefined
  #count = 0

  constructor(readonly parts: InFlightParts) {}

  /** Says whether that peer was not known before. */
  add(peerId: string, messageId: string): boolean {
    let waiting = this.#last?.peerId === peerId ? this.#last.waiting : this.#byPeer.get(peerId)
    const isNew = waiting === undefined
    if (waiting === undefined) {
      this.#makeRoom()
      waiting = []
      this.#byPeer.set(peerId, waiting)
      this.parts.account.charge(costs.peer)
    }
    if (this.#last?.waiting !== waiting) this.#last = { peerId, waiting }
    waiting.push(messageId)
    this.#counted(1)
    if (this.#count > inFlightAtMost) this.#drop()
    return isNew
  }

  /** The peer has everything up to this message, but for what it would not hear. */
  deliveredUpTo(peerId: string, messageId: string, suppressed: MessageRanges | undefined): void {
    const waiting = this.#byPeer.get(peerId)
    if (waiting === undefined) return
    const before = waiting.length
    const delivered = waiting.splice(0, waiting.indexOf(messageId) + 1)
    if (suppressed !== undefined) waiting.unshift(...delivered.filter((id) => isWithin(suppressed, id)))
    this.#counted(waiting.length - before)
  }

  /** Takes one message out; says whether it was there. */
  take(peerId: string, messageId: string): boolean {
    const waiting = this.#byPeer.get(peerId)
    const at = waiting?.indexOf(messageId) ?? -1
    if (waiting === undefined || at < 0) return false
    waiting.splice(at, 1)
    this.#counted(-1)
    return true
  }

  /** The peer has ended: what it never confirmed. */
  end(peerId: string): readonly string[] {
    const waiting = this.#byPeer.get(peerId) ?? []
    this.#forget(peerId)
    this.#counted(-waiting.length)
    return waiting
  }

  save(): [string, string[]][] {
    return [...this.#byPeer].map(([peerId, waiting]) => [peerId, [...waiting]])
  }

  load(state: readonly (readonly [string, readonly string[]])[]): void {
    for (const [peerId, waiting] of state) {
      this.#byPeer.set(peerId, [...waiting])
      this.parts.account.charge(costs.peer)
      this.#counted(waiting.length)
    }
  }

  /** The peer to whom most is on its way pays. */
  #drop(): void {
    let [most, waiting]: [string, string[]] = ["", []]
    for (const [peerId, each] of this.#byPeer)
      if (each.length > waiting.length) [most, waiting] = [peerId, each]
    const messageId = waiting.shift()
    if (messageId === undefined) return
    this.#counted(-1)
    this.parts.dropped(most, messageId)
  }

  #makeRoom(): void {
    if (this.#byPeer.size < rememberedPeers) return
    if (this.#forgetIdle() || this.#byPeer.size < peersAtMost) return
    while (!this.#forgetIdle()) this.#drop()
  }

  #forgetIdle(): boolean {
    for (const [peerId, waiting] of this.#byPeer) {
      if (waiting.length > 0) continue
      this.#forget(peerId)
      this.parts.forgotten(peerId)
      return true
    }
    return false
  }

  #forget(peerId: string): void {
    if (this.#byPeer.delete(peerId)) this.parts.account.charge(-costs.peer)
    if (this.#last?.peerId === peerId) this.#last = undefined
  }

  #counted(more: number): void {
    this.#count += more
    this.parts.account.charge(more * costs.inFlight)
  }
}
