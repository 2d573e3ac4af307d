import { type Behavior, type Context, type Ref, temporary } from "../actor/index.ts"
import type { Announcer } from "./announcer.ts"
import { closeCodes } from "./close-codes.ts"
import type { Person } from "./conversation.ts"
import type { Directory } from "./directory.ts"
import { EndedNumbers } from "./ended-numbers.ts"
import type { JournalBounds } from "./journal.ts"
import { Lives } from "./lives.ts"
import { type Member, personOf } from "./member.ts"
import { News } from "./news.ts"
import { Numbers } from "./numbers.ts"
import { PendingJoins } from "./pending-joins.ts"
import { named } from "./people-search.ts"
import type { Newcomer, PresenceMessage } from "./presence-message.ts"
import type { PresenceChange } from "./presence-store.ts"
import { Session, type Stay } from "./session.ts"
import type { SessionMessage } from "./session-message.ts"
import { nextAnnouncement } from "./tick.ts"
import { Watchers } from "./watchers.ts"

/** What presence makes of each user. */
export interface SessionRules {
  readonly stay: Stay
  readonly journal: JournalBounds
  /** Sockets of one user at once. */
  readonly outlets: number
  /** Messages that may wait for one session. */
  readonly mailbox: number
}

export interface PresenceOptions {
  readonly directory: Directory
  readonly announcer: Announcer
  readonly rules: SessionRules
  /** Bytes a second that announcing may cost over all sockets; 0 for no bound. */
  readonly budget: number
  /** Ids of those to talk to whom no list names. */
  readonly companions: ReadonlySet<string>
  /** Has the changes of a tick written down. */
  record(changes: readonly PresenceChange[]): void
}

export const tickMs = 200
export const listedAtMost = 200

/** The supervisor of all sessions: it owns the directory, has it written, and tells everyone. */
export class Presence implements Behavior<PresenceMessage> {
  readonly #watchers = new Watchers()
  readonly #joining = new PendingJoins()
  readonly #endedNumbers = new EndedNumbers()
  readonly #changes = new Map<string, PresenceChange>()
  readonly #news = new News()
  #version = 0
  #stale = false
  #ticking = false
  #announceFrom = 0

  constructor(
    readonly context: Context<PresenceMessage>,
    readonly options: PresenceOptions,
  ) {
    for (const { id } of options.directory.clear()) this.#changes.set(id, { type: "gone", id })
    if (this.#changes.size > 0) this.#wakeTick()
  }

  receive(message: PresenceMessage): void {
    switch (message.type) {
      case "join":
        return this.#join(message.user, message.first)
      case "took":
        return this.#joining.taken(message.session, message.first)
      case "leave":
        return this.#leave(message.id, message.session)
      case "shown":
        return this.#show(message.person)
      case "watch":
        return this.#watch(message.userIds, message.watcher)
      case "unwatch":
        for (const userId of message.userIds) this.#watchers.remove(userId, message.watcher)
        return
      case "ended":
        return this.#ended(message.id, message.session)
      case "tick":
        return this.#tick()
    }
  }

  /** A session that has ended a moment ago may still be listed: then this is its end, and a new one begins. */
  #join(user: Newcomer, first: SessionMessage): void {
    let member = this.options.directory.find(user.id)
    if (member?.session.signal(first) !== "ok") {
      if (member !== undefined) this.#ended(member.id, member.session)
      member = this.#begin(user)
      member.session.signal(first)
    }
    if (first.type === "attach" || first.type === "look") this.#joining.add(member.session, { user, first })
  }

  /** Sockets that came a moment ago leave with the others. A page asked for by then is one asked for after the leave. */
  #leave(id: string, leaving: Ref<SessionMessage> | undefined): void {
    const session = this.options.directory.find(id)?.session
    if (session === undefined || (leaving !== undefined && leaving.id !== session.id)) return
    for (const join of this.#joining.take(session)) {
      if (join.first.type === "attach") join.first.outlet.close(closeCodes.left)
      else this.#joining.add(session, join)
    }
    this.context.stop(session)
  }

  #begin(user: Newcomer): Member {
    const { directory, rules } = this.options
    const numbers = new Numbers(this.#endedNumbers.take(user.id))
    const session = this.context.spawn<SessionMessage>((context) => this.#session(context, user, numbers), {
      mailbox: { capacity: rules.mailbox },
      supervision: temporary,
    })
    this.context.watch(session, ({ ref }) => ({ type: "ended", id: user.id, session: ref }))
    const member = this.#memberOf(user, session, numbers)
    directory.add(member)
    this.#changed(member)
    return member
  }

  #session(context: Context<SessionMessage>, { id, name, classic }: Newcomer, numbers: Numbers): Session {
    const { directory, rules } = this.options
    const stay = classic ? undefined : rules.stay
    return new Session(context, {
      id,
      name,
      stay,
      journal: rules.journal,
      lives: new Lives(numbers),
      outlets: rules.outlets,
      post: directory,
      presence: this.context.self,
    })
  }

  #memberOf({ id, name, classic }: Newcomer, session: Ref<SessionMessage>, numbers: Numbers): Member {
    return {
      id,
      ...named(name),
      session,
      listed: !this.options.companions.has(id),
      numbers: classic ? undefined : numbers,
      order: this.options.directory.nextOrder(),
      since: this.context.now(),
      online: true,
      away: false,
      gone: false,
    }
  }

  #show({ id, name, online, away }: Person): void {
    const member = this.options.directory.find(id)
    if (member === undefined) return
    const isListed = member.name !== name || member.online !== online
    const isSeen = isListed || member.away !== away
    if (member.name !== name) Object.assign(member, named(name))
    member.away = away
    this.options.directory.setOnline(member, online)
    if (isListed) this.#changed(member)
    else if (isSeen) this.#tell(member, false)
    else if (online) this.#wakeTick()
  }

  /** A leave follows from the end of the session, whatever ended it. */
  #ended(id: string, session: Ref<never>): void {
    this.#watchers.forget(session)
    const joining = this.#joining.take(session)
    const member = this.options.directory.find(id)
    if (member?.session.id === session.id) {
      this.options.directory.remove(member)
      if (member.numbers !== undefined) this.#endedNumbers.remember(id, member.numbers.reached)
      if (member.listed) this.#changes.set(id, { type: "gone", id })
      this.#tell(member, true)
    }
    for (const { user, first } of joining) this.#join(user, first)
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
      watcher.signal({ type: "presence", person: personOf(id, this.options.directory.find(id)) })
    }
  }

  #wakeTick(): void {
    if (this.#ticking) return
    this.#ticking = true
    this.context.timer("tick", tickMs, { type: "tick" })
  }

  #tick(): void {
    this.#ticking = false
    this.#record()
    this.#announce()
    if (this.#stale) this.#wakeTick()
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
    const list = { version: this.#version, members: directory.latest(listedAtMost), total: directory.online }
    if (!due) return announcer.first(list)
    const news = { ...list, version: ++this.#version, ...this.#news.take() }
    this.#stale = false
    this.#announceFrom = nextAnnouncement(now, announcer.everyone(news, budget), budget)
  }
}
