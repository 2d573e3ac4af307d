import type { Behavior, Context, Ref } from "../../actor/index.ts"
import type { MemoryBudget } from "../memory/memory-budget.ts"
import { MemoryPressure } from "../memory/memory-pressure.ts"
import type { Person } from "../session/delivery/conversation.ts"
import type { SessionMessage } from "../session/session-message.ts"
import type { Stamper } from "../stamper.ts"
import type { Announcer } from "./announcer.ts"
import type { Cluster } from "./cluster.ts"
import type { Directory } from "./directory.ts"
import { listedAtMost, listedOfCrowd, listRate, nextAnnouncement } from "./list-interval.ts"
import { type Member, personOf } from "./member.ts"
import { PresenceDiff } from "./presence-diff.ts"
import type { PresenceMessage } from "./presence-message.ts"
import type { PresenceChange } from "./presence-store.ts"
import { Joins } from "./sessions/joins.ts"
import type { LocalPost } from "./sessions/local-post.ts"
import { SessionFactory, type SessionRules } from "./sessions/session-factory.ts"
import { Watchers } from "./watchers.ts"

export interface PresenceOptions {
  readonly directory: Directory
  readonly post: LocalPost
  readonly cluster: Cluster
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
  readonly #pressure: MemoryPressure
  readonly #joins: Joins
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
    const { cluster, directory, memory, post, rules } = options
    for (const session of [...post.everyone()]) {
      const { id, listed } = session.member
      post.remove(session)
      directory.remove(session.member)
      session.account.close()
      if (listed) this.#changes.set(id, { type: "gone", id })
    }
    this.#pressure = new MemoryPressure(memory, directory, post, rules)
    this.#joins = new Joins({
      context,
      cluster,
      directory,
      post,
      sessions: new SessionFactory(context, options),
      pressure: this.#pressure,
      changed: (member) => this.#changed(member),
    })
    memory.relieve = () => context.self.signal({ type: "relieve" })
    memory.relieved()
    if (this.#changes.size > 0) this.#wakeTick()
  }

  receive(message: PresenceMessage): void {
    switch (message.type) {
      case "join":
        return this.#joins.join(message.user, message.first)
      case "granted":
        return this.#joins.granted(message.id)
      case "load":
        return this.#joins.load(message.state, message.since)
      case "took":
        return this.#joins.took(message.id, message.session, message.first)
      case "leave":
        return this.#joins.leave(message.id, message.session)
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
        this.#watchers.forget(message.session)
        return this.#joins.ended(message.id, message.session)
      case "waiting":
        return this.#joins.waits(message.id, message.session)
      case "relieve":
        return this.#relieve()
      case "tick":
        return this.#tick()
    }
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

  /** Somebody came, went, or is to be listed otherwise: this is written down. */
  #changed(member: Member): void {
    if (member.listed) this.#changes.set(member.id, changeOf(member))
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

  /** A join, a leave or a new name makes others doubles, or ends that: their watchers are told. */
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

function changeOf({ id, name, online, since, gone }: Member): PresenceChange {
  return gone ? { type: "gone", id } : { type: "present", row: { id, name, online, since } }
}
