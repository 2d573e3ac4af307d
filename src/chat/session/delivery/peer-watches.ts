import type { Context, Ref, Terminated } from "../../../actor/index.ts"
import type { Post } from "../../post.ts"
import type { SessionMessage } from "../session-message.ts"

export interface PeerWatchesParts {
  readonly post: Pick<Post, "sessionOf">
  /** Learns of the ends of sessions. */
  readonly context: Pick<Context<SessionMessage>, "watch" | "unwatch">
}

/** The peers whose sessions' ends matter here, each watched once. */
export class PeerWatches {
  readonly #sessions = new Map<string, Ref<never>>()
  /** By the ids of their sessions. */
  readonly #peers = new Map<number, string>()

  constructor(readonly parts: PeerWatchesParts) {}

  /** Says whether the peer is here. */
  watch(peerId: string): boolean {
    if (this.#sessions.has(peerId)) return true
    const session = this.parts.post.sessionOf(peerId)
    if (session === undefined) return false
    this.#sessions.set(peerId, session)
    this.#peers.set(session.id, peerId)
    this.parts.context.watch(session, peerEnded)
    return true
  }

  unwatch(peerId: string): void {
    const session = this.#sessions.get(peerId)
    if (session === undefined) return
    this.#forget(peerId, session)
    this.parts.context.unwatch(session)
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

/** One for all watches. */
function peerEnded(terminated: Terminated): SessionMessage {
  return { type: "peer-ended", terminated }
}
