import type { Ref, Told } from "../../../actor/index.ts"
import type { Account } from "../../memory/memory-budget.ts"
import type { Post } from "../../post.ts"
import type { PeerMessage, SessionMessage } from "../../session/session-message.ts"
import type { Member } from "../member.ts"
import type { Origin } from "../presence-message.ts"

/** A session on this machine, and what only this machine needs to know of it. */
export interface LocalSession {
  /** Its user, as the directory has them. */
  readonly member: Member
  readonly ref: Ref<SessionMessage>
  /** What is held for them. */
  readonly account: Account
  /** Where their first socket came from, as limits count it; nothing where none do. */
  address: Origin | undefined
}

/** Delivers to the sessions on this machine. Presence alone adds and removes. */
export class LocalPost implements Post {
  readonly #sessions = new Map<string, LocalSession>()

  find(userId: string): LocalSession | undefined {
    return this.#sessions.get(userId)
  }

  sessionOf(userId: string): Ref<never> | undefined {
    return this.#sessions.get(userId)?.ref
  }

  tell(userId: string, message: PeerMessage): Told {
    return this.#sessions.get(userId)?.ref.tell(message) ?? "dead"
  }

  signal(userId: string, message: PeerMessage): Told {
    return this.#sessions.get(userId)?.ref.signal(message) ?? "dead"
  }

  offer(userId: string, message: PeerMessage): Told {
    return this.#sessions.get(userId)?.ref.offer(message) ?? "dead"
  }

  /** All, seen or unseen. */
  everyone(): Iterable<LocalSession> {
    return this.#sessions.values()
  }

  add(session: LocalSession): void {
    this.#sessions.set(session.member.id, session)
  }

  remove({ member: { id } }: LocalSession): void {
    this.#sessions.delete(id)
  }
}
