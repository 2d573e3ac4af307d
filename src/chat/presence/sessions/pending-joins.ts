import type { Ref } from "../../../actor/index.ts"
import type { SessionMessage } from "../../session/session-message.ts"
import type { Newcomer } from "../presence-message.ts"

export interface PendingJoin {
  readonly user: Newcomer
  readonly first: SessionMessage
}

/** What was handed to sessions and not yet taken, for a session may end before it comes to it, or what waits for its end. */
export class PendingJoins {
  readonly #bySession = new Map<number, PendingJoin[]>()

  add(session: Ref<never>, join: PendingJoin): void {
    const joins = this.#bySession.get(session.id) ?? []
    joins.push(join)
    this.#bySession.set(session.id, joins)
  }

  /** The session has come to this one. */
  taken(session: Ref<never>, first: SessionMessage): void {
    const left = (this.#bySession.get(session.id) ?? []).filter((join) => join.first !== first)
    if (left.length === 0) this.#bySession.delete(session.id)
    else this.#bySession.set(session.id, left)
  }

  /** The session has ended: what it never came to. */
  take(session: Ref<never>): readonly PendingJoin[] {
    const joins = this.#bySession.get(session.id) ?? []
    this.#bySession.delete(session.id)
    return joins
  }
}
