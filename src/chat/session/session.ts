import type { Behavior, Context, StopReason } from "../../actor/index.ts"
import type { Cursor } from "../epoch.ts"
import { tooManyBlocked, tooManyWatched } from "./contacts.ts"
import type { Person } from "./delivery/conversation.ts"
import type { CloseReason, Outlet } from "./outlet.ts"
import type { Command, SessionMessage } from "./session-message.ts"
import type { SessionOptions } from "./session-options.ts"
import { SessionParts } from "./session-parts.ts"
import type { SessionState } from "./session-state.ts"
import { openTalkOf, type Snapshot } from "./snapshot.ts"

/** The actor that is a user while they are here. */
export class Session implements Behavior<SessionMessage> {
  readonly #parts: SessionParts

  constructor(
    readonly context: Context<SessionMessage>,
    readonly options: SessionOptions,
    /** What it goes on from; nothing for one that begins. */
    saved?: SessionState,
  ) {
    this.#parts = new SessionParts(context, options, saved)
  }

  receive(message: SessionMessage): void {
    switch (message.type) {
      case "command":
        this.#obey(message.command, message.outlet)
        if (this.options.account.isOver) this.#parts.delivery.shed()
        return
      case "incoming":
        return this.#parts.delivery.take(message.message, message.sender)
      case "delivered":
        return this.#parts.delivery.delivered(message.peerId, message.messageId, message.suppressed)
      case "refused":
        return this.#parts.delivery.refused(message.peerId, message.messageId, message.reason)
      case "peer-ended":
        return this.#parts.delivery.peerEnded(message.terminated)
      case "attach":
        this.#took(message)
        return this.#attach(message.outlet, message.cursor)
      case "detach":
        return this.#detach(message.outlet)
      case "drained":
        this.#parts.catchUps.drained(message.outlet)
        return this.#wantList()
      case "presence":
        return this.#meet(message.person)
      case "double":
        return this.#meet(message.person, true)
      case "look":
        this.#took(message)
        return void message.replyTo.tell(this.#look(message.openId, message.before))
      case "save":
        return void message.replyTo.tell(this.#parts.save())
      case "talks-due":
        return this.#parts.talks.publish()
      case "grace-over":
        return this.#parts.availability.graceOver()
      case "window-over":
        if (this.#parts.outlets.size === 0) this.context.stopSelf()
        return
      case "release":
        this.#parts.delivery.release(message.bytes)
        return this.#parts.talks.touch()
      case "idle":
        return this.#parts.availability.idle()
      default:
        return this.#parts.annotations.receive(message)
    }
  }

  stopped(reason: StopReason): void {
    this.#parts.outlets.close(closeReasonOf(reason))
  }

  #obey(command: Command, outlet: Outlet): void {
    if (outlet.attended && command.type !== "ack") this.#parts.availability.stayAwake()
    switch (command.type) {
      case "say":
        return this.#parts.delivery.say(command, outlet)
      case "ack":
        return this.#parts.delivery.acknowledge(command.seq, outlet)
      case "rename":
        return this.#parts.availability.show({ name: command.name })
      case "status":
        return this.#parts.availability.show({ away: command.away })
      case "watch":
        if (!this.#parts.contacts.watch(command.userIds)) outlet.refuse(tooManyWatched)
        return
      case "unwatch":
        return this.#parts.contacts.unwatch(command.userIds)
      case "block":
        if (!this.#parts.contacts.block(command.userId)) outlet.refuse(tooManyBlocked)
        return
      case "unblock":
        return this.#parts.contacts.unblock(command.userId)
      case "leave":
        this.options.presence.signal({ type: "leave", id: this.options.id, session: this.context.self })
        return this.context.stopSelf()
      default:
        return this.#parts.annotations.obey(command, outlet)
    }
  }

  #attach(outlet: Outlet, cursor: Cursor | undefined): void {
    const { epoch } = this.options
    const resumed = epoch.resumes(cursor)
    this.#parts.availability.attached(outlet.attended)
    const { seq } = this.#parts.journal
    const newest = () => this.#parts.journal.seq
    outlet.welcome({
      ...this.#parts.availability.me,
      session: this.context.self,
      resumed,
      seq,
      newest,
      epoch: epoch.id,
    })
    const after = resumed ? cursor?.after : undefined
    this.#parts.delivery.attached(after ?? 0)
    this.#parts.catchUps.attach(outlet, after)
    this.#wantList()
  }

  /** Without a socket: offline after the grace, gone after the window. */
  #detach(outlet: Outlet): void {
    if (!this.#parts.outlets.remove(outlet) || this.#parts.outlets.size > 0) return
    const { stay } = this.options
    if (stay === undefined) this.context.finish()
    else this.#parts.availability.detached(stay)
  }

  /** An outlet that has come, or has room again, may wait for a list of people. */
  #wantList(): void {
    this.options.presence.signal({ type: "list-wanted" })
  }

  #meet(person: Person, ofMark = false): void {
    const met = this.#parts.contacts.meet(person)
    if (met === undefined) return
    this.#parts.outlets.publish({ type: "presence", person: met, ...(ofMark && { ofMark }) })
    this.#parts.talks.touch()
  }

  #look(openId = "", before?: string): Snapshot {
    const { seq, conversations } = this.#parts.journal
    return {
      me: this.#parts.availability.me,
      seq,
      epoch: this.options.epoch.id,
      talks: this.#parts.talks.all(),
      open: openTalkOf(conversations.get(openId), this.#parts.undelivered, before),
      blocked: this.#parts.contacts.blocked,
    }
  }

  /** Presence need not find another session for what it handed to this one. */
  #took(first: SessionMessage): void {
    this.options.presence.signal({ type: "took", id: this.options.id, session: this.context.self, first })
  }
}

/** What the outlets of a session are told when it ends. */
function closeReasonOf(reason: StopReason): CloseReason {
  if (reason === "shutdown") return "restarting"
  return reason === "stopped" || reason === "finished" ? "left" : "failed"
}
