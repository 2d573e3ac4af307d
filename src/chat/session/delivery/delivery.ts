import type { Context, Terminated } from "../../../actor/index.ts"
import type { Account } from "../../memory/memory-budget.ts"
import type { Message } from "../../message.ts"
import type { Post } from "../../post.ts"
import type { RefusalReason } from "../../refusal.ts"
import type { Stamper } from "../../stamper.ts"
import type { Availability } from "../availability.ts"
import type { Contacts } from "../contacts.ts"
import type { ConversationList } from "../conversation-list.ts"
import type { Outlet } from "../outlet.ts"
import type { OutletSet } from "../outlets/outlet-set.ts"
import { outcomeOf } from "../outlets/state-sync.ts"
import type { Command, SessionMessage } from "../session-message.ts"
import type { DeliveryState } from "../session-state.ts"
import type { Entry, Person } from "./conversation.ts"
import { Idempotency } from "./idempotency.ts"
import { InFlight } from "./in-flight.ts"
import type { Evicted, Journal } from "./journal.ts"
import type { MessageRanges } from "./message-ranges.ts"
import { PeerWatches } from "./peer-watches.ts"
import { type Awaited, PendingAcks } from "./pending-acks.ts"
import type { Suppressed } from "./suppressed.ts"
import type { Undelivered, UndeliveredReason } from "./undelivered.ts"

type Say = Command & { type: "say" }

/** What the talk of a session rests on. */
export interface DeliveryParts {
  readonly userId: string
  readonly account: Account
  readonly journal: Journal
  readonly undelivered: Undelivered
  readonly suppressed: Suppressed
  readonly contacts: Contacts
  readonly outlets: OutletSet
  readonly availability: Availability
  readonly talks: ConversationList
  readonly post: Post
  /** Whether messages are kept for a resume. */
  readonly keeps: boolean
  readonly stamper: Stamper
  /** Learns of the end of a peer's session: the answer is `peerEnded`. */
  readonly context: Pick<Context<SessionMessage>, "watch" | "unwatch">
}

/** What a session says, takes in and confirms. Whatever it echoed arrives, or is said to be undelivered. */
export class Delivery {
  readonly #pendingAcks = new PendingAcks()
  readonly #peers: PeerWatches
  readonly #inFlight: InFlight
  #clientIds: Idempotency | undefined
  /** The newest own message, by its id. */
  #lastId = ""

  constructor(readonly parts: DeliveryParts) {
    const { account, suppressed } = parts
    this.#peers = new PeerWatches(parts)
    this.#inFlight = new InFlight({
      account,
      dropped: (peerId, messageId) => this.#undelivered(peerId, messageId, "overflow"),
      forgotten: (peerId) => {
        if (!suppressed.has(peerId)) this.#peers.unwatch(peerId)
      },
    })
  }

  say(command: Say, outlet: Outlet): void {
    const { receiverId, content, clientId, replyTo } = command
    const { me } = this.parts.availability
    if (receiverId === me.id) return refuse(outlet, command, "to-oneself")
    const repeated = clientId && this.#clientIds?.repeat(me.id, clientId, receiverId, content)
    if (repeated === "other") return refuse(outlet, command, "id-reused")
    if (repeated) return this.#repeat(outlet, repeated)
    const message = this.parts.stamper.stamp(me.id, receiverId, content, replyTo, this.#lastId)
    const told = this.parts.post.tell(receiverId, { type: "incoming", message, sender: me })
    if (told === "dead") return refuse(outlet, command, "receiver-gone")
    if (told === "full") return refuse(outlet, command, "receiver-full")
    this.#lastId = message.id
    this.#await(message)
    this.#echo(message, clientId)
  }

  take(message: Message, sender: Person): void {
    const { contacts, keeps, journal, outlets, suppressed } = this.parts
    if (contacts.isBlocked(sender.id)) return this.#suppress(message)
    suppressed.heard(sender.id)
    const entry: Entry = keeps
      ? journal.append(contacts.conversation(sender.id, sender), message, false)
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
    outlet.refuse({ reason: "ack-ahead", bound: journal.seq })
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
    const { contacts, post, suppressed, userId } = this.parts
    for (const { senderId, id } of this.#pendingAcks.upTo(seq)) {
      if (contacts.isBlocked(senderId)) continue
      const exceptions = suppressed.of(senderId)
      post.signal(senderId, { type: "delivered", peerId: userId, messageId: id, suppressed: exceptions })
    }
  }

  delivered(peerId: string, messageId: string, suppressed: MessageRanges | undefined): void {
    this.#inFlight.deliveredUpTo(peerId, messageId, suppressed)
    if (this.parts.journal.conversations.get(peerId)?.advance("delivered", messageId, suppressed) === false)
      return
    this.parts.outlets.publish({ type: "progress", peerId, messageId, progress: "delivered", suppressed })
  }

  /** The peer could not keep it. */
  refused(peerId: string, messageId: string, reason: UndeliveredReason): void {
    if (this.#inFlight.take(peerId, messageId)) this.#undelivered(peerId, messageId, reason)
  }

  peerEnded({ ref, reason: stop }: Terminated): void {
    const peerId = this.#peers.ended(ref)
    if (peerId === undefined) return
    this.#gone(peerId, reasons[stop] ?? "left")
  }

  save(): DeliveryState {
    return {
      inFlight: this.#inFlight.save(),
      pendingAcks: this.#pendingAcks.save(),
      clientIds: this.#clientIds?.save() ?? [],
      lastId: this.#lastId,
    }
  }

  /** Goes on from what was saved. Peers that are not here any more never confirmed what is on its way to them. */
  load({ inFlight, pendingAcks, clientIds, lastId }: DeliveryState): void {
    this.#inFlight.load(inFlight)
    this.#pendingAcks.load(pendingAcks)
    if (clientIds.length > 0) this.#known.load(clientIds)
    this.#lastId = lastId
    const peers = new Set([...inFlight.map(([peerId]) => peerId), ...this.parts.suppressed.senders()])
    for (const peerId of peers) if (!this.#peers.watch(peerId)) this.#gone(peerId, "left")
  }

  /** The content of an entry is gone; a repeat of it says nothing new. */
  redacted(entry: Entry): void {
    this.#clientIds?.note(entry)
  }

  /** The journal keeps to its bounds; the senders of what had to go, unconfirmed, hear so. */
  shed(): void {
    this.#evicted(this.parts.journal.shed())
    this.parts.talks.touch()
  }

  /** Gives memory back, as far as there is any: the oldest of the largest conversations go. */
  release(bytes: number): void {
    this.#evicted(this.parts.journal.release(bytes))
  }

  /** The same again is answered as before, and by what has come of it since; it was said once. */
  #repeat(outlet: Outlet, entry: Entry): void {
    const { journal, outlets, undelivered } = this.parts
    outlets.answer(outlet, entry, outcomeOf(entry, journal, undelivered))
  }

  #await(message: Message): void {
    if (this.#inFlight.add(message.receiverId, message.id)) this.#peers.watch(message.receiverId)
  }

  /** No acknowledgement may cover it until its sender's session ends. */
  #suppress(message: Message): void {
    if (this.parts.post.sessionOf(message.senderId) === undefined) return
    this.parts.suppressed.add(message)
    this.#peers.watch(message.senderId)
  }

  #echo(message: Message, clientId: string | undefined): void {
    const { contacts, keeps, journal, outlets } = this.parts
    if (!keeps) return outlets.publish({ type: "message", seq: journal.skip(), message, own: true, clientId })
    const entry = journal.append(contacts.conversation(message.receiverId), message, true, clientId)
    if (clientId !== undefined) this.#known.note(entry)
    outlets.publish(entry)
    this.shed()
  }

  /** Made for those who give their messages ids. */
  get #known(): Idempotency {
    this.#clientIds ??= new Idempotency(this.parts.account)
    return this.#clientIds
  }

  #gone(peerId: string, reason: UndeliveredReason): void {
    for (const messageId of this.#inFlight.end(peerId)) this.#undelivered(peerId, messageId, reason)
    this.parts.suppressed.forget(peerId)
  }

  #evicted({ entries, conversations }: Evicted): void {
    const { contacts, outlets } = this.parts
    for (const conversation of conversations) contacts.ended(conversation)
    for (const gone of entries) {
      if (!gone.own) this.#overflow(this.#pendingAcks.evict(gone.seq, outlets.anyLive))
    }
  }

  #overflow(messages: readonly Awaited[]): void {
    const { post, userId } = this.parts
    for (const { id, senderId } of messages) {
      post.signal(senderId, { type: "refused", peerId: userId, messageId: id, reason: "overflow" })
    }
  }

  #undelivered(peerId: string, messageId: string, reason: UndeliveredReason): void {
    const loss = { peerId, messageId, reason }
    if (this.parts.keeps) this.parts.undelivered.add(loss)
    this.parts.outlets.publish({ type: "undelivered", ...loss })
  }
}

const reasons: Partial<Record<Terminated["reason"], UndeliveredReason>> = {
  crashed: "failed",
  orphaned: "failed",
  overflow: "overflow",
}

function refuse(outlet: Outlet, { receiverId, clientId }: Say, reason: RefusalReason): void {
  outlet.refuse({ reason, receiverId, clientId })
}
