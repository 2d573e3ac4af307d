import type { Behavior, Context, Ref, StopReason } from "../actor/index.ts"
import type { Person, Talk } from "./conversation.ts"
import { Correspondence } from "./correspondence.ts"
import { Journal, type JournalBounds } from "./journal.ts"
import type { Outlet, SessionEvent } from "./outlet.ts"
import { OutletSet } from "./outlet-set.ts"
import type { Post } from "./post.ts"
import type { PresenceMessage } from "./presence-message.ts"
import type { Command, SessionMessage } from "./session-message.ts"
import type { Snapshot } from "./snapshot.ts"

/** How long a user without a socket is still shown as online, and then still here. */
export interface Stay {
  readonly graceMs: number
  readonly windowMs: number
}

export interface SessionOptions {
  readonly id: string
  readonly name: string
  /** Nothing for a session that ends with its socket, and keeps no journal. */
  readonly stay: Stay | undefined
  readonly journal: JournalBounds
  /** Sockets at once; one more replaces the oldest. 0 for no limit. */
  readonly outlets: number
  readonly post: Post
  readonly presence: Ref<PresenceMessage>
}

const talksTickMs = 100

/** The actor that is a user while they are here. */
export class Session implements Behavior<SessionMessage> {
  readonly #me: Person
  readonly #journal: Journal
  readonly #outlets: OutletSet
  readonly #correspondence: Correspondence
  #attachedBefore = false
  #talksDue = false

  constructor(
    readonly context: Context<SessionMessage>,
    readonly options: SessionOptions,
  ) {
    const { id, name, journal, outlets, post, stay } = options
    this.#me = { id, name, online: true }
    this.#journal = new Journal(journal)
    this.#outlets = new OutletSet(id, this.#journal, outlets, () => this.#statuses())
    this.#correspondence = new Correspondence({
      me: this.#me,
      journal: this.#journal,
      outlets: this.#outlets,
      post,
      keeps: stay !== undefined,
      now: () => context.now(),
      watch: (peerId, session) =>
        context.watch(session, ({ reason }) => ({ type: "peer-ended", peerId, reason })),
      met: (peerId) => this.#watchPresence([peerId]),
      changed: () => this.#touchTalks(),
    })
    if (stay !== undefined) this.#countDown(stay)
  }

  receive(message: SessionMessage): void {
    switch (message.type) {
      case "command":
        return this.#obey(message.command, message.outlet)
      case "incoming":
        return this.#correspondence.take(message.message, message.sender)
      case "delivered":
        return this.#correspondence.delivered(message.peerId, message.messageId)
      case "refused":
        return this.#correspondence.refused(message.peerId, message.messageId, message.reason)
      case "peer-ended":
        return this.#correspondence.peerEnded(message.peerId, message.reason)
      case "attach":
        return this.#attach(message.outlet, message.after)
      case "detach":
        return this.#detach(message.outlet)
      case "drained":
        return this.#outlets.drained(message.outlet)
      case "presence":
        return this.#meet(message.person)
      case "look":
        message.replyTo.tell(this.#look(message.openId))
        return
      case "talks-due":
        return this.#publishTalks()
      case "grace-over":
        return this.#tellPresence(false)
      case "window-over":
        return this.context.stopSelf()
      default:
        return unreachable(message)
    }
  }

  stopped(reason: StopReason): void {
    if (reason === "shutdown") this.#outlets.close(1012, "the server restarts, come back")
    else if (reason === "crashed" || reason === "overflow")
      this.#outlets.close(1011, "the session failed, join again")
    else this.#outlets.close(4410, "you left")
  }

  #obey(command: Command, outlet: Outlet): void {
    switch (command.type) {
      case "say":
        return this.#correspondence.say(command, outlet)
      case "ack":
        return this.#correspondence.acknowledge(command.seq, outlet)
      case "seen":
        if (this.#journal.conversations.get(command.peerId)?.see(command.messageId)) this.#touchTalks()
        return
      case "watch":
        return this.#watchPresence(command.userIds)
      default:
        return unreachable(command)
    }
  }

  #attach(outlet: Outlet, after: number | undefined): void {
    this.context.cancel("grace")
    this.context.cancel("window")
    const { seq } = this.#journal
    const resumed = this.#attachedBefore && (after ?? 0) <= seq
    this.#attachedBefore = true
    this.#tellPresence(true)
    outlet.welcome({ ...this.#me, session: this.context.self, resumed, seq })
    this.#outlets.attach(outlet, resumed ? after : undefined)
    if (this.options.stay !== undefined) this.#touchTalks()
  }

  #detach(outlet: Outlet): void {
    if (!this.#outlets.remove(outlet) || this.#outlets.size > 0) return
    const { stay } = this.options
    if (stay === undefined) this.context.finish()
    else this.#countDown(stay)
  }

  /** Without a socket: offline after the grace, gone after the window. */
  #countDown(stay: Stay): void {
    this.context.timer("grace", stay.graceMs, { type: "grace-over" })
    this.context.timer("window", stay.windowMs, { type: "window-over" })
  }

  #tellPresence(online: boolean): void {
    this.options.presence.signal({ type: "shown", id: this.#me.id, online })
  }

  #watchPresence(userIds: readonly string[]): void {
    this.options.presence.signal({ type: "watch", userIds, watcher: this.context.self })
  }

  #meet(person: Person): void {
    const conversation = this.#journal.conversations.get(person.id)
    if (conversation !== undefined) {
      conversation.peer = person
      this.#touchTalks()
    }
    this.#outlets.publish({ type: "presence", person })
  }

  /** Lists change often and are looked at seldom: gathered, and only for those who look. */
  #touchTalks(): void {
    if (this.#talksDue || this.#outlets.size === 0) return
    this.#talksDue = true
    this.context.timer("talks", talksTickMs, { type: "talks-due" })
  }

  #publishTalks(): void {
    this.#talksDue = false
    this.#outlets.publish({ type: "talks", talks: this.#talks() })
  }

  #look(openId: string | undefined): Snapshot {
    const open = openId === undefined ? undefined : this.#journal.conversations.get(openId)
    return {
      seq: this.#journal.seq,
      talks: this.#talks(),
      open: open && {
        peer: open.peer,
        entries: [...open.entries],
        truncated: open.truncated,
        undelivered: new Map(open.undelivered),
      },
    }
  }

  /** Newest first. */
  #talks(): Talk[] {
    const talks = [...this.#journal.conversations.values()].map((each) => each.talk)
    return talks.sort((a, b) => (b.last?.seq ?? 0) - (a.last?.seq ?? 0))
  }

  *#statuses(): Iterable<SessionEvent> {
    for (const { peer, undelivered } of this.#journal.conversations.values()) {
      for (const [messageId, reason] of undelivered) {
        yield { type: "undelivered", peerId: peer.id, messageId, reason }
      }
      yield { type: "presence", person: peer }
    }
  }
}

function unreachable(value: never): never {
  throw new Error(`unexpected ${typeof value}`)
}
