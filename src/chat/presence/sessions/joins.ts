import type { Context, Ref } from "../../../actor/index.ts"
import type { MemoryPressure } from "../../memory/memory-pressure.ts"
import type { SessionMessage } from "../../session/session-message.ts"
import type { SessionState } from "../../session/session-state.ts"
import type { Cluster } from "../cluster.ts"
import type { Directory } from "../directory.ts"
import type { Member } from "../member.ts"
import type { Newcomer, PresenceMessage } from "../presence-message.ts"
import type { LocalPost, LocalSession } from "./local-post.ts"
import { type PendingJoin, PendingJoins } from "./pending-joins.ts"
import type { SessionFactory } from "./session-factory.ts"

export interface JoinsParts {
  readonly context: Pick<Context<PresenceMessage>, "stop" | "watch">
  readonly cluster: Cluster
  readonly directory: Directory
  readonly post: LocalPost
  readonly sessions: SessionFactory
  readonly pressure: MemoryPressure
  /** Somebody has come, or one who was seen here has ended. */
  changed(member: Member): void
}

/** Leads each who comes to the session of their user, which begins if there is none, and sees sessions off. */
export class Joins {
  readonly #pending = new PendingJoins()
  /** Those whose sessions may begin once they are granted to this machine, with who waits for that. */
  readonly #claimed = new Map<string, PendingJoin[]>()

  constructor(readonly parts: JoinsParts) {}

  join(user: Newcomer, first: SessionMessage): void {
    const { cluster, post } = this.parts
    const waiting = this.#claimed.get(user.id)
    if (waiting !== undefined) waiting.push({ user, first })
    else if (post.find(user.id) !== undefined || cluster.claim(user.id) === "granted")
      this.#enter(user, first)
    else this.#claimed.set(user.id, [{ user, first }])
  }

  /** The session of this user may begin here. */
  granted(userId: string): void {
    const waiting = this.#claimed.get(userId) ?? []
    this.#claimed.delete(userId)
    for (const { user, first } of waiting) this.#enter(user, first)
  }

  /** Goes on with a session that was saved; one that is here stays as it is. */
  load(saved: SessionState, since: number): void {
    const { id } = saved.availability.me
    if (this.parts.post.find(id) !== undefined) return
    const session = this.parts.sessions.load(saved, since)
    this.#add(session)
    this.parts.pressure.waits(session)
    this.granted(id)
  }

  /** A session has come to what it was handed first. */
  took(id: string, ref: Ref<SessionMessage>, first: SessionMessage): void {
    this.#pending.taken(ref, first)
    const session = this.#local(id, ref)
    if (first.type === "attach" && session !== undefined) this.parts.pressure.attached(session)
  }

  /** The last socket of a session has gone. */
  waits(id: string, ref: Ref<SessionMessage>): void {
    const session = this.#local(id, ref)
    if (session !== undefined) this.parts.pressure.waits(session)
  }

  /** Sockets that came a moment ago leave with the others. A page asked for by then is one asked for after the leave. */
  leave(id: string, leaving: Ref<SessionMessage> | undefined): void {
    const session = this.parts.post.find(id)?.ref
    if (session === undefined) return leaving === undefined ? this.#leaveClaimed(id) : undefined
    if (leaving !== undefined && leaving.id !== session.id) return
    for (const join of withoutSockets(this.#pending.take(session))) this.#pending.add(session, join)
    this.parts.context.stop(session)
  }

  /** A leave follows from the end of the session, whatever ended it. */
  ended(id: string, ref: Ref<never>): void {
    const { changed, directory, post, pressure } = this.parts
    const joining = this.#pending.take(ref)
    const session = this.#local(id, ref)
    if (session !== undefined) {
      post.remove(session)
      directory.remove(session.member)
      pressure.ended(session)
      if (session.member.arrived) changed(session.member)
    }
    for (const { user, first } of joining) this.join(user, first)
  }

  /**
   * A session that ended a moment ago is still listed: whoever comes then waits for the word of its end, for what it
   * had to say comes before that, and what it took by then is not handed to the next one again.
   */
  #enter(user: Newcomer, first: SessionMessage): void {
    const { post, pressure } = this.parts
    const found = post.find(user.id)
    const session = found ?? this.#begin(user, first.type === "attach")
    if (session.ref.signal(first) !== "ok") {
      // One that could not even begin means that all are shut down.
      if (found !== undefined) this.#pending.add(session.ref, { user, first })
      return
    }
    if (first.type === "attach") pressure.comesFrom(session, user.address)
    if (first.type === "attach" || first.type === "look") this.#pending.add(session.ref, { user, first })
  }

  /** Who comes without a socket has not arrived: nobody is told of them before they have one. */
  #begin(user: Newcomer, arrived: boolean): LocalSession {
    const session = this.parts.sessions.begin(user, arrived)
    this.#add(session)
    if (!user.classic) this.parts.pressure.waits(session)
    return session
  }

  #add(session: LocalSession): void {
    const { changed, context, directory, post, pressure } = this.parts
    const { id, arrived } = session.member
    context.watch(session.ref, ({ ref }) => ({ type: "ended", id, session: ref }))
    post.add(session)
    directory.add(session.member)
    if (arrived) changed(session.member)
    else pressure.beganUnattached()
  }

  #leaveClaimed(id: string): void {
    const waiting = this.#claimed.get(id)
    if (waiting !== undefined) this.#claimed.set(id, withoutSockets(waiting))
  }

  #local(id: string, ref: Ref<never>): LocalSession | undefined {
    const session = this.parts.post.find(id)
    return session?.ref.id === ref.id ? session : undefined
  }
}

/** Closes the sockets among those who join, for their user has left, and answers the others. */
function withoutSockets(joins: readonly PendingJoin[]): PendingJoin[] {
  return joins.filter(({ first }) => {
    if (first.type === "attach") first.outlet.close("left")
    return first.type !== "attach"
  })
}
