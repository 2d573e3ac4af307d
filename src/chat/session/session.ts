import type { Behavior, Context, StopReason } from "../../actor/index.ts"
import { assertNever } from "../assert-never.ts"
import { closingOf } from "../close-codes.ts"
import type { Cursor } from "../epoch.ts"
import { Annotations } from "./annotations.ts"
import { Availability } from "./availability.ts"
import { Contacts, tooManyBlocked, tooManyWatched } from "./contacts.ts"
import { ConversationList } from "./conversation-list.ts"
import type { Person } from "./delivery/conversation.ts"
import { Delivery } from "./delivery/delivery.ts"
import { Journal } from "./delivery/journal.ts"
import { Suppressed } from "./delivery/suppressed.ts"
import { Undelivered } from "./delivery/undelivered.ts"
import type { Outlet } from "./outlet.ts"
import { CatchUps } from "./outlets/catch-ups.ts"
import { OutletSet } from "./outlets/outlet-set.ts"
import type { Command, SessionMessage } from "./session-message.ts"
import type { SessionOptions } from "./session-options.ts"
import { openTalkOf, type Snapshot } from "./snapshot.ts"

/** The actor that is a user while they are here. Its parts are made in the order in which they need each other. */
export class Session implements Behavior<SessionMessage> {
  readonly #journal: Journal
  readonly #undelivered: Undelivered
  readonly #contacts: Contacts
  readonly #outlets: OutletSet
  readonly #availability: Availability
  readonly #talks: ConversationList
  readonly #delivery: Delivery
  readonly #annotations: Annotations
  readonly #catchUps: CatchUps

  constructor(
    readonly context: Context<SessionMessage>,
    readonly options: SessionOptions,
  ) {
    const { account, directory, id: userId, name, post, presence, stamper, stay } = options
    const journal = new Journal(options.journal, account)
    const undelivered = new Undelivered(account)
    const suppressed = new Suppressed(account)
    const outlets = new OutletSet(userId, journal, account, options.outlets)
    const availability = new Availability({ id: userId, name, stay, context, presence, outlets })
    const watcher = context.self
    const contacts = new Contacts({ account, journal, suppressed, directory, presence, watcher })
    const talks = new ConversationList({ context, journal, outlets })
    const parts = {
      userId,
      account,
      journal,
      undelivered,
      suppressed,
      outlets,
      availability,
      contacts,
      talks,
    }
    const delivery = new Delivery({ ...parts, context, post, stamper, keeps: stay !== undefined })
    this.#annotations = new Annotations({ ...parts, delivery, post })
    this.#catchUps = new CatchUps({ ...parts, delivery })
    this.#journal = journal
    this.#undelivered = undelivered
    this.#contacts = contacts
    this.#outlets = outlets
    this.#availability = availability
    this.#talks = talks
    this.#delivery = delivery
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
        this.#catchUps.drained(message.outlet)
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
        return this.#availability.show({ online: false })
      case "window-over":
        if (this.#outlets.size === 0) this.context.stopSelf()
        return
      case "release":
        this.#delivery.release(message.bytes)
        return this.#talks.touch()
      case "idle":
        return this.#availability.show({ away: true })
      default:
        return assertNever(message)
    }
  }

  stopped(reason: StopReason): void {
    this.#outlets.close(closingOf(reason))
  }

  #obey(command: Command, outlet: Outlet): void {
    if (outlet.attended && command.type !== "ack") this.#availability.stayAwake()
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
        return this.#availability.show({ name: command.name })
      case "status":
        return this.#availability.show({ away: command.away })
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
        this.options.presence.signal({ type: "leave", id: this.options.id, session: this.context.self })
        return this.context.stopSelf()
      default:
        return assertNever(command)
    }
  }

  #attach(outlet: Outlet, cursor: Cursor | undefined): void {
    const { epoch } = this.options
    const resumed = epoch.resumes(cursor)
    this.#availability.attached(outlet.attended)
    const { seq } = this.#journal
    const newest = () => this.#journal.seq
    outlet.welcome({
      ...this.#availability.me,
      session: this.context.self,
      resumed,
      seq,
      newest,
      epoch: epoch.id,
    })
    const after = resumed ? cursor?.after : undefined
    this.#delivery.attached(after ?? 0)
    this.#catchUps.attach(outlet, after)
    this.#wantList()
  }

  /** Without a socket: offline after the grace, gone after the window. */
  #detach(outlet: Outlet): void {
    if (!this.#outlets.remove(outlet) || this.#outlets.size > 0) return
    const { stay } = this.options
    if (stay === undefined) this.context.finish()
    else this.#availability.detached(stay)
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
      me: this.#availability.me,
      seq,
      epoch: this.options.epoch.id,
      talks: this.#talks.all(),
      open: openTalkOf(conversations.get(openId), this.#undelivered, before),
      blocked: this.#contacts.blocked,
    }
  }

  /** Presence need not find another session for what it handed to this one. */
  #took(first: SessionMessage): void {
    this.options.presence.signal({ type: "took", id: this.options.id, session: this.context.self, first })
  }
}
