import type { Behavior, Context, StopReason, Terminated } from "../../actor/index.ts"
import { assertNever } from "../assert-never.ts"
import { closingOf } from "../close-codes.ts"
import type { Cursor } from "../epoch.ts"
import { Annotations } from "./annotations.ts"
import { Contacts, tooManyBlocked, tooManyWatched } from "./contacts.ts"
import { ConversationList } from "./conversation-list.ts"
import type { Person } from "./delivery/conversation.ts"
import { Delivery } from "./delivery/delivery.ts"
import { Journal } from "./delivery/journal.ts"
import type { Outlet } from "./outlet.ts"
import { OutletSet } from "./outlet-set.ts"
import type { Command, SessionMessage } from "./session-message.ts"
import { type SessionOptions, unattachedMs } from "./session-options.ts"
import { openTalkOf, type Snapshot } from "./snapshot.ts"
import { stateSync } from "./state-sync.ts"

/** The actor that is a user while they are here. */
export class Session implements Behavior<SessionMessage> {
  readonly #journal: Journal
  readonly #outlets: OutletSet
  readonly #delivery: Delivery
  readonly #annotations: Annotations
  readonly #contacts: Contacts
  readonly #talks: ConversationList
  #me: Person

  constructor(
    readonly context: Context<SessionMessage>,
    readonly options: SessionOptions,
  ) {
    const { account, directory, id, name, outlets, post, presence, stamper, stay } = options
    this.#me = { id, name, online: false, away: false, gone: false }
    this.#journal = new Journal(options.journal, account, (conversation) =>
      this.#contacts.ended(conversation),
    )
    this.#outlets = new OutletSet(id, this.#journal, account, outlets, {
      statuses: () => stateSync(this.#journal, this.#delivery.undelivered, this.#contacts),
      beforeLive: (outlet) => this.#talks.showTo(outlet),
      gap: (after) => this.#delivery.lose(after),
    })
    this.#talks = new ConversationList({
      journal: this.#journal,
      outlets: this.#outlets,
      now: () => context.now(),
      schedule: (ms) => context.timer("talks", ms, { type: "talks-due" }),
    })
    const watcher = context.self
    this.#contacts = new Contacts({
      account,
      journal: this.#journal,
      directory,
      watch: (userIds) => presence.signal({ type: "watch", userIds, watcher }),
      unwatch: (userIds) => presence.signal({ type: "unwatch", userIds, watcher }),
      suppressed: () => this.#delivery.suppressed(),
    })
    const parts = {
      me: () => this.#me,
      journal: this.#journal,
      outlets: this.#outlets,
      post,
      isBlocked: (userId: string) => this.#contacts.isBlocked(userId),
      changed: () => this.#talks.touch(),
    }
    this.#delivery = new Delivery({
      ...parts,
      account,
      keeps: stay !== undefined,
      stamper,
      conversation: (peerId, peer) => this.#contacts.conversation(peerId, peer),
      watch: (session) => context.watch(session, peerEnded),
      unwatch: (session) => context.unwatch(session),
    })
    this.#annotations = new Annotations({ ...parts, delivery: this.#delivery })
    if (stay !== undefined) context.timer("window", unattachedMs, { type: "window-over" })
  }

  receive(message: SessionMessage): void {
    switch (message.type) {
      case "command":
        this.#obey(message.command, message.outlet)
        if (this.options.account.isOver) this.#delivery.shed()
        return
      case "incoming":
        return this.#delivery.take(message.message, message.sender)
      case "delivered":
        return this.#delivery.delivered(message.peerId, message.messageId, message.suppressed)
      case "refused":
        return this.#delivery.refused(message.peerId, message.messageId, message.reason)
      case "peer-ended":
        return this.#delivery.peerEnded(message.terminated)
      case "seen":
        return this.#annotations.seen(message.peerId, message.messageId, message.suppressed)
      case "typing":
        return this.#annotations.typing(message.peerId, message.isTyping)
      case "reacted":
        return this.#annotations.reacted(message.peerId, message.messageId, message.emoji)
      case "unsent":
        return this.#annotations.unsent(message.peerId, message.messageId)
      case "attach":
        this.#took(message)
        return this.#attach(message.outlet, message.cursor)
      case "detach":
        return this.#detach(message.outlet)
      case "drained":
        this.#outlets.drained(message.outlet)
        return this.#wantList()
      case "presence":
        return this.#meet(message.person)
      case "double":
        return this.#meet(message.person, true)
      case "look":
        this.#took(message)
        return void message.replyTo.tell(this.#look(message.openId, message.before))
      case "talks-due":
        return this.#talks.publish()
      case "grace-over":
        return this.#show({ ...this.#me, online: false })
      case "window-over":
        if (this.#outlets.size === 0) this.context.stopSelf()
        return
      case "release":
        this.#delivery.release(message.bytes)
        return this.#talks.touch()
      case "idle":
        return this.#show({ ...this.#me, away: true })
      default:
        return assertNever(message)
    }
  }

  stopped(reason: StopReason): void {
    this.#outlets.close(closingOf(reason))
  }

  #obey(command: Command, outlet: Outlet): void {
    if (outlet.attended && command.type !== "ack") this.#stayAwake()
    switch (command.type) {
      case "say":
        return this.#delivery.say(command, outlet)
      case "ack":
        return this.#delivery.acknowledge(command.seq, outlet)
      case "seen":
        return this.#annotations.see(command)
      case "typing":
        return this.#annotations.type(command)
      case "react":
        return this.#annotations.react(command, outlet)
      case "unsend":
        return this.#annotations.unsend(command, outlet)
      case "rename":
        return this.#show({ ...this.#me, name: command.name })
      case "status":
        return this.#show({ ...this.#me, away: command.away })
      case "watch":
        if (!this.#contacts.watch(command.userIds)) outlet.send(tooManyWatched)
        return
      case "unwatch":
        return this.#contacts.unwatch(command.userIds)
      case "block":
        if (!this.#contacts.block(command.userId)) outlet.send(tooManyBlocked)
        return
      case "unblock":
        return this.#contacts.unblock(command.userId)
      case "leave":
        this.options.presence.signal({ type: "leave", id: this.#me.id, session: this.context.self })
        return this.context.stopSelf()
      default:
        return assertNever(command)
    }
  }

  #attach(outlet: Outlet, cursor: Cursor | undefined): void {
    this.context.cancel("grace")
    this.context.cancel("window")
    const { epoch } = this.options
    const resumed = epoch.resumes(cursor)
    if (outlet.attended) this.#stayAwake()
    this.#show({ ...this.#me, online: true })
    const { seq } = this.#journal
    const newest = () => this.#journal.seq
    outlet.welcome({ ...this.#me, session: this.context.self, resumed, seq, newest, epoch: epoch.id })
    const after = resumed ? cursor?.after : undefined
    this.#delivery.attached(after ?? 0)
    this.#outlets.attach(outlet, after)
    this.#wantList()
  }

  /** Without a socket: offline after the grace, gone after the window. */
  #detach(outlet: Outlet): void {
    if (!this.#outlets.remove(outlet) || this.#outlets.size > 0) return
    const { presence, stay } = this.options
    if (stay === undefined) return this.context.finish()
    presence.signal({ type: "waiting", id: this.#me.id, session: this.context.self })
    this.context.timer("grace", stay.graceMs, { type: "grace-over" })
    this.context.timer("window", stay.windowMs, { type: "window-over" })
  }

  /** Somebody sits there: away only when nothing comes from them for a while. */
  #stayAwake(): void {
    this.context.timer("idle", idleMs, { type: "idle" })
    if (this.#me.away) this.#show({ ...this.#me, away: false })
  }

  /** Has the user shown so, to everyone and on their own outlets. */
  #show(me: Person): void {
    const renamed = me.name !== this.#me.name
    this.#me = me
    this.options.presence.signal({ type: "shown", person: me })
    if (renamed) this.#outlets.publish({ type: "presence", person: me })
  }

  /** An outlet that has come, or has room again, may wait for a list of people. */
  #wantList(): void {
    this.options.presence.signal({ type: "list-wanted" })
  }

  #meet(person: Person, ofMark = false): void {
    const met = this.#contacts.meet(person)
    if (met === undefined) return
    this.#outlets.publish({ type: "presence", person: met, ...(ofMark && { ofMark }) })
    this.#talks.touch()
  }

  #look(openId = "", before?: string): Snapshot {
    const { seq, conversations } = this.#journal
    return {
      me: this.#me,
      seq,
      epoch: this.options.epoch.id,
      talks: this.#talks.all(),
      open: openTalkOf(conversations.get(openId), this.#delivery.undelivered, before),
      blocked: this.#contacts.blocked,
    }
  }

  /** Presence need not find another session for what it handed to this one. */
  #took(first: SessionMessage): void {
    this.options.presence.signal({ type: "took", id: this.#me.id, session: this.context.self, first })
  }
}

/** After which somebody from whom nothing comes is away. */
const idleMs = 5 * 60 * 1000

/** One for all watches. */
function peerEnded(terminated: Terminated): SessionMessage {
  return { type: "peer-ended", terminated }
}
