import type { Ref, Terminated } from "../../../actor/index.ts"
import type { UndeliveredReason } from "../../errors.ts"
import type { Account } from "../../memory/memory-budget.ts"
import type { Message } from "../../message.ts"
import type { Post } from "../../post.ts"
import type { Stamper } from "../../stamper.ts"
import type { Outlet } from "../outlet.ts"
import type { OutletSet } from "../outlet-set.ts"
import type { Command } from "../session-message.ts"
import { outcomeOf } from "../state-sync.ts"
import type { Conversation, Entry, Person } from "./conversation.ts"
import { Idempotency } from "./idempotency.ts"
import { InFlight } from "./in-flight.ts"
import type { Journal } from "./journal.ts"
import type { MessageRanges } from "./message-ranges.ts"
import { PeerWatches } from "./peer-watches.ts"
import { type Awaited, PendingAcks } from "./pending-acks.ts"
import { Suppressed } from "./suppressed.ts"
import { Undelivered } from "./undelivered.ts"

type Say = Command & { type: "say" }

/** What the talk of a session rests on. */
export interface DeliveryParts {
  me(): Person
  readonly account: Account
  readonly journal: Journal
  readonly outlets: OutletSet
  readonly post: Post
  /** Whether messages are kept for a resume. */
  readonly keeps: boolean
  readonly stamper: Stamper
  /** Learns of the end of a peer's session: the answer is `peerEnded`. */
  watch(session: Ref<never>): void
  unwatch(session: Ref<never>): void
  isBlocked(userId: string): boolean
  /** The conversation with a peer, begun if there is none. */
  conversation(peerId: string, peer?: Person): Conversation
  /** Something that lists show has changed. */
  changed(): void
}

/** What a session says, takes in and confirms. Whatever it echoed arrives, or is said to be undelivered. */
export class Delivery {
  readonly undelivered: Undelivered
  readonly #inFlight: InFlight
  readonly #pendingAcks = new PendingAcks()
  readonly #suppressed: Suppressed
  readonly #peers: PeerWatches
  #clientIds: Idempotency | undefined

  constructor(readonly parts: DeliveryParts) {
    const { account } = parts
    this.undelivered = new Undelivered(account)
    this.#peers = new PeerWatches(parts)
    this.#suppressed = new Suppressed(account)
    this.#inFlight = new InFlight({
      account,
      dropped: (peerId, messageId) => this.#undelivered(peerId, messageId, "overflow"),
      forgotten: (peerId) => {
        if (!this.#suppressed.has(peerId)) this.#peers.unwatch(peerId)
      },
    })
  }

  say(command: Say, outlet: Outlet): void {
    const { receiverId, content, clientId, replyTo } = command
    const me = this.parts.me()
    if (receiverId === me.id) return refuse(outlet, command, "self")
    const repeated = clientId && this.#clientIds?.repeat(me.id, clientId, receiverId, content)
    if (repeated === "other") return refuse(outlet, command, "bad_frame")
    if (repeated) return this.#repeat(outlet, repeated)
    const message = this.parts.stamper.stamp(me.id, receiverId, content, replyTo)
    const told = this.parts.post.tell(receiverId, { type: "incoming", message, sender: me })
    if (told === "dead") return refuse(outlet, command, "receiver_offline")
    if (told === "full") return refuse(outlet, command, "overloaded")
    this.#await(message)
    this.#echo(message, clientId)
  }

  take(message: Message, sender: Person): void {
    const { keeps, journal, outlets } = this.parts
    if (this.parts.isBlocked(sender.id)) return this.#suppress(message)
    this.#suppressed.heard(sender.id)
    const entry: Entry = keeps
      ? journal.append(this.parts.conversation(sender.id, sender), message, false)
      : { type: "message", seq: journal.skip(), message, own: false, clientId: undefined }
    this.#pendingAcks.add(entry)
    outlets.publish(entry)
    outlets.handedOver(entry.seq)
    if (keeps) this.shed()
  }

  /** A client of ours has everything up to `seq`. */
  acknowledge(seq: number, outlet: Outlet): void {
    const { journal } = this.parts
    if (seq <= journal.seq) return this.#confirm(seq)
    const message = `\`seq\` is above the newest event, ${journal.seq}.`
    outlet.send({ type: "error", code: "bad_frame", message })
  }

  /**
   * A client is here that says it has everything up to `seq`; what is above, no longer held and confirmed by nobody is
   * lost. Who says more than there is says nothing.
   */
  attached(seq: number): void {
    const has = seq <= this.parts.journal.seq ? seq : 0
    this.#confirm(has)
    this.lose(has)
  }

  /** A client that has everything up to `seq` cannot confirm what fell into a gap above it. */
  lose(seq: number): void {
    this.#overflow(this.#pendingAcks.lost(seq))
  }

  #confirm(seq: number): void {
    const { post } = this.parts
    const peerId = this.parts.me().id
    for (const { senderId, id } of this.#pendingAcks.upTo(seq)) {
      if (this.parts.isBlocked(senderId)) continue
      const suppressed = this.#suppressed.of(senderId)
      post.signal(senderId, { type: "delivered", peerId, messageId: id, suppressed })
    }
  }

  delivered(peerId: string, messageId: string, suppressed: MessageRanges | undefined): void {
    this.#inFlight.deliveredUpTo(peerId, messageId, suppressed)
    if (this.parts.journal.conversations.get(peerId)?.advance("delivered", messageId, suppressed) === false)
      return
    this.parts.outlets.publish({ type: "progress", peerId, messageId, progress: "delivered", suppressed })
  }

  /** What a peer said while blocked. */
  suppressedFrom(peerId: string): MessageRanges | undefined {
    return this.#suppressed.of(peerId)
  }

  /** The peer could not keep it. */
  refused(peerId: string, messageId: string, reason: UndeliveredReason): void {
    if (this.#inFlight.take(peerId, messageId)) this.#undelivered(peerId, messageId, reason)
  }

  peerEnded({ ref, reason: stop }: Terminated): void {
    const peerId = this.#peers.ended(ref)
    if (peerId === undefined) return
    const reason = reasons[stop] ?? "left"
    for (const messageId of this.#inFlight.end(peerId)) this.#undelivered(peerId, messageId, reason)
    this.#suppressed.forget(peerId)
  }

  /** The content of an entry is gone; a repeat of it says nothing new. */
  redacted(entry: Entry): void {
    this.#clientIds?.note(entry)
  }

  /** Users of whom something was said that was not heard. */
  suppressed(): Iterable<string> {
    return this.#suppressed.senders()
  }

  /** The journal keeps to its bounds; the senders of what had to go, unconfirmed, hear so. */
  shed(): void {
    this.#evicted(this.parts.journal.shed())
    this.parts.changed()
  }

  /** Gives memory back, as far as there is any: the oldest of the largest conversations go. */
  release(bytes: number): void {
    this.#evicted(this.parts.journal.release(bytes))
  }

  /** The same again is answered as before, and by what has come of it since; it was said once. */
  #repeat(outlet: Outlet, entry: Entry): void {
    this.parts.outlets.answer(outlet, entry, outcomeOf(entry, this.parts.journal, this.undelivered))
  }

  #await(message: Message): void {
    if (this.#inFlight.add(message.receiverId, message.id)) this.#peers.watch(message.receiverId)
  }

  /** No acknowledgement may cover it until its sender's session ends. */
  #suppress(message: Message): void {
    if (this.parts.post.sessionOf(message.senderId) === undefined) return
    this.#suppressed.add(message)
    this.#peers.watch(message.senderId)
  }

  #echo(message: Message, clientId: string | undefined): void {
    const { keeps, journal, outlets } = this.parts
    if (!keeps) return outlets.publish({ type: "message", seq: journal.skip(), message, own: true, clientId })
    const entry = journal.append(this.parts.conversation(message.receiverId), message, true, clientId)
    if (clientId !== undefined) {
      this.#clientIds ??= new Idempotency(this.parts.account)
      this.#clientIds.note(entry)
    }
    outlets.publish(entry)
    this.shed()
  }

  #evicted(entries: readonly Entry[]): void {
    const { outlets } = this.parts
    for (const gone of entries) {
      if (!gone.own) this.#overflow(this.#pendingAcks.evict(gone.seq, outlets.anyLive))
    }
  }

  #overflow(messages: readonly Awaited[]): void {
    const peerId = this.parts.me().id
    for (const { id, senderId } of messages) {
      this.parts.post.signal(senderId, { type: "refused", peerId, messageId: id, reason: "overflow" })
    }
  }

  #undelivered(peerId: string, messageId: string, reason: UndeliveredReason): void {
    const loss = { peerId, messageId, reason }
    if (this.parts.keeps) this.undelivered.add(loss)
    this.parts.outlets.publish({ type: "undelivered", ...loss })
  }
}

const reasons: Partial<Record<Terminated["reason"], UndeliveredReason>> = {
  crashed: "failed",
  orphaned: "failed",
  overflow: "overflow",
}

const refusals = {
  self: "You cannot write to yourself: choose somebody else.",
  bad_frame: "`client_id` was used for another message: give each its own.",
  receiver_offline: "They are not here: nothing was sent.",
  overloaded: "Too many messages wait for them: try again in a moment.",
}

function refuse(outlet: Outlet, { receiverId, clientId }: Say, code: keyof typeof refusals): void {
  outlet.send({ type: "error", code, message: refusals[code], receiverId, clientId })
}
