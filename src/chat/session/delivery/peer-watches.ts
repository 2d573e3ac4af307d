import type { Ref } from "../../../actor/index.ts"
import type { Post } from "../../post.ts"

export interface PeerWatchesParts {
  readonly post: Pick<Post, "sessionOf">
  /** Learns of the end of a session. */
  watch(session: Ref<never>): void
  unwatch(session: Ref<never>): void
}

/** The peers whose sessions' ends matter here, each watched once. */
export class PeerWatches {
  readonly #sessions = new Map<string, Ref<never>>()
  /** By the ids of their sessions. */
  readonly #peers = new Map<number, string>()

  constructor(readonly parts: PeerWatchesParts) {}

  watch(peerId: string): void {
    if (this.#sessions.has(peerId)) return
    const session = this.parts.post.sessionOf(peerId)
    if (session === undefined) return
    this.#sessions.set(peerId, session)
    this.#peers.set(session.id, peerId)
    this.parts.watch(session)
  }

  unwatch(peerId: string): void {
    const session = this.#sessions.get(peerId)
    if (session === undefined) return
    this.#forget(peerId, session)
    this.parts.unwatch(session)
  }

  /** A session has ended: whose it was. */
  ended(session: Ref<never>): string | undefined {
    const peerId = this.#peers.get(session.id)
    if (peerId !== undefined) this.#forget(peerId, session)
    return peerId
  }

  #forget(peerId: string, session: Ref<never>): void {
    this.#sessions.delete(peerId)
    this.#peers.delete(session.id)
  }
}
