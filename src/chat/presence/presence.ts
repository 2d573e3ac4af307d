import type { Behavior, Context, Ref } from "../../actor/index.ts"
import { closeCodes } from "../close-codes.ts"
import type { MemoryBudget } from "../memory/memory-budget.ts"
import { MemoryPressure } from "../memory/memory-pressure.ts"
import type { Person } from "../session/delivery/conversation.ts"
import type { SessionMessage } from "../session/session-message.ts"
import type { Stamper } from "../stamper.ts"
import type { Announcer } from "./announcer.ts"
import type { Directory } from "./directory.ts"
import { listedAtMost, listedOfCrowd, listRate, nextAnnouncement } from "./list-interval.ts"
import { type Member, personOf } from "./member.ts"
import { PresenceDiff } from "./presence-diff.ts"
import type { Newcomer, PresenceMessage } from "./presence-message.ts"
import type { PresenceChange } from "./presence-store.ts"
import type { LocalPost, LocalSession } from "./sessions/local-post.ts"
import { PendingJoins } from "./sessions/pending-joins.ts"
import { SessionFactory, type SessionRules } from "./sessions/session-factory.ts"
import { Watchers } from "./watchers.ts"

export interface PresenceOptions {
  readonly directory: Directory
  readonly post: LocalPost
  readonly announcer: Announcer
  readonly rules: SessionRules
  /** What everything held for users may take. */
  readonly memory: MemoryBudget
  /** One for all that is ever said here: it outlives presence, too. */
  readonly stamper: Stamper
  /** Bytes a second that announcing may cost over all sockets; 0 for no bound. */
  readonly budget: number
  /** Ids of those to talk to whom no list names. */
  readonly companions: ReadonlySet<string>
  /** Has the changes of a tick written down. */
  record(changes: readonly PresenceChange[]): void
}

export const tickMs = 200

/** The supervisor of all sessions: it owns the directory, has it written, and tells everyone. */
export class Presence implements Behavior<PresenceMessage> {
  readonly #watchers = new Watchers()
  readonly #joining = new PendingJoins()
  readonly #sessions: SessionFactory
  readonly #pressure: MemoryPressure
  readonly #changes = new Map<string, PresenceChange>()
  readonly #news = new PresenceDiff()
  #version = 0
  #stale = false
  #ticking = false
  #announceFrom = 0

  constructor(
    readonly context: Context<PresenceMessage>,
    readonly options: PresenceOptions,
  ) {
    const { directory, memory, post, rules } = options
    for (const session of [...post.everyone()]) {
      const { id, listed } = session.member
      this.#remove(session)
      session.account.close()
      if (listed) this.#changes.set(id, { type: "gone", id })
    }
    this.#sessions = new SessionFactory(context, options)
    this.#pressure = new MemoryPressure(memory, directory, post, rules)
    memory.relieve = () => context.self.signal({ type: "relieve" })
    memory.relieved()
    if (this.#changes.size > 0) this.#wakeTick()
  }

  receive(message: PresenceMessage): void {
    switch (message.type) {
      case "join":
        return this.#join(message.user, message.first)
      case "took":
        return this.#took(message.id, message.session, message.first)
      case "leave":
        return this.#leave(message.id, message.session)
      case "shown":
        return this.#show(message.person)
      case "list-wanted":
        if (this.options.announcer.expected) this.#wakeTick()
        return
      case "watch":
        return this.#watch(message.userIds, message.watcher)
      case "unwatch":
        for (const userId of message.userIds) this.#watchers.remove(userId, message.watcher)
        return
      case "ended":
        return this.#ended(message.id, message.session)
      case "waiting": {
        const session = this.#local(message.id, message.session)
        return session && this.#pressure.waits(session)
      }
      case "relieve":
        return this.#relieve()
      case "tick":
        return this.#tick()
    }
  }

  /**
   * A session that ended a moment ago is still listed: whoever comes then waits for the word of its end, for what it
   * had to say comes before that, and what it took by then is not handed to the next one again.
   */
  #join(user: Newcomer, first: SessionMessage): void {
    const found = this.options.post.find(user.id)
    const session = found ?? this.#begin(user, first.type === "attach")
    if (session.ref.signal(first) !== "ok") {
      // One that could not even begin means that all are shut down.
      if (found !== undefined) this.#joining.add(session.ref, { user, first })
      return
    }
    if (first.type === "attach") this.#pressure.comesFrom(session, user.address)
    if (first.type === "attach" || first.type === "look") this.#joining.add(session.ref, { user, first })
  }

  /** Sockets that came a moment ago leave with the others. A page asked for by then is one asked for after the leave. */
  #leave(id: string, leaving: Ref<SessionMessage> | undefined): void {
    const session = this.options.post.find(id)?.ref
    if (session === undefined || (leaving !== undefined && leaving.id !== session.id)) return
    for (const join of this.#joining.take(session)) {
      if (join.first.type === "attach") join.first.outlet.close(closeCodes.left)
      else this.#joining.add(session, join)
    }
    this.context.stop(session)
  }

  /** Who comes without a socket has not arrived: nobody is told of them before they have one. */
  #begin(user: Newcomer, arrived: boolean): LocalSession {
    const session = this.#sessions.begin(user, arrived)
    this.context.watch(session.ref, ({ ref }) => ({ type: "ended", id: user.id, session: ref }))
    this.options.post.add(session)
    this.options.directory.add(session.member)
    if (arrived) this.#changed(session.member)
    else this.#pressure.beganUnattached()
    if (!user.classic) this.#pressure.waits(session)
    return session
  }

  #remove(session: LocalSession): void {
    this.options.post.remove(session)
    this.options.directory.remove(session.member)
  }

  #local(id: string, ref: Ref<never>): LocalSession | undefined {
    const session = this.options.post.find(id)
    return session?.ref.id === ref.id ? session : undefined
  }

  #took(id: string, ref: Ref<SessionMessage>, first: SessionMessage): void {
    this.#joining.taken(ref, first)
    const session = this.#local(id, ref)
    if (first.type === "attach" && session !== undefined) this.#pressure.attached(session)
  }

  #relieve(): void {
    const againMs = this.#pressure.relieve()
    if (againMs !== undefined) this.context.timer("relieve", againMs, { type: "relieve" })
  }

  #show({ id, name, online, away }: Person): void {
    const member = this.options.directory.find(id)
    if (member === undefined) return
    const isListed = member.name !== name || member.online !== online
    const isSeen = isListed || member.away !== away
    if (member.name !== name) this.options.directory.rename(member, name)
    member.away = away
    this.options.directory.setOnline(member, online)
    if (!member.arrived) return
    if (isListed) this.#changed(member)
    else if (isSeen) this.#tell(member, false)
  }

  /** A leave follows from the end of the session, whatever ended it. */
  #ended(id: string, ref: Ref<never>): void {
    this.#watchers.forget(ref)
    const joining = this.#joining.take(ref)
    const session = this.#local(id, ref)
    if (session !== undefined) {
      this.#remove(session)
      this.#pressure.ended(session)
      if (session.member.arrived) this.#gone(session.member)
    }
    for (const { user, first } of joining) this.#join(user, first)
  }

  #gone(member: Member): void {
    const { id } = member
    if (member.listed) this.#changes.set(id, { type: "gone", id })
    this.#tell(member, true)
  }

  #changed(member: Member): void {
    const { id, name, online, since } = member
    if (member.listed) this.#changes.set(id, { type: "present", row: { id, name, online, since } })
    this.#tell(member, true)
  }

  /** Those who watch are told at once, and everybody at the next tick; `isNews` to them when lists change by it. */
  #tell(member: Member, isNews: boolean): void {
    if (member.listed) {
      if (isNews) this.#news.add(member)
      this.#stale = true
      this.#wakeTick()
    }
    const person = personOf(member.id, member)
    for (const watcher of this.#watchers.of(member.id)) watcher.signal({ type: "presence", person })
  }

  #watch(userIds: readonly string[], watcher: Ref<SessionMessage>): void {
    for (const id of userIds) {
      this.#watchers.add(id, watcher)
      const member = this.options.directory.find(id)
      watcher.signal({ type: "presence", person: personOf(id, member?.arrived ? member : undefined) })
    }
  }

  #wakeTick(): void {
    if (this.#ticking) return
    this.#ticking = true
    this.context.timer("tick", tickMs, { type: "tick" })
  }

  #tick(): void {
    this.#ticking = false
    this.#tellDoubles()
    this.#record()
    this.#announce()
    if (this.#stale) this.#wakeTick()
  }

  /** Whoever came, left or took another name made doubles of others, or ended it: those who watch these are told. */
  #tellDoubles(): void {
    for (const member of this.options.directory.doubles.take()) {
      const person = personOf(member.id, member)
      for (const watcher of this.#watchers.of(member.id)) watcher.signal({ type: "double", person })
    }
  }

  #record(): void {
    if (this.#changes.size === 0) return
    this.options.record([...this.#changes.values()])
    this.#changes.clear()
  }

  #announce(): void {
    const { announcer, directory, budget } = this.options
    const now = this.context.now()
    const due = this.#stale && now >= this.#announceFrom
    if (!due && !announcer.expected) return
    const total = directory.online
    const members = directory.latest(total > listedAtMost ? listedOfCrowd : listedAtMost)
    const list = { version: this.#version, members, total }
    if (!due) return announcer.first(list)
    const news = { ...list, version: ++this.#version, ...this.#news.take() }
    this.#stale = false
    const { total: bytes, each } = announcer.everyone(news, budget)
    this.#announceFrom = Math.max(nextAnnouncement(now, bytes, budget), nextAnnouncement(now, each, listRate))
  }
}
