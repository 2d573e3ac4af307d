import type { Ref, Terminated } from "../actor/index.ts"
import type { Conversation, Entry, Person } from "./conversation.ts"
import type { UndeliveredReason } from "./errors.ts"
import type { Journal } from "./journal.ts"
import { Losses } from "./losses.ts"
import { type Message, stamp } from "./message.ts"
import type { Outlet } from "./outlet.ts"
import type { OutletSet } from "./outlet-set.ts"
import { Outstanding } from "./outstanding.ts"
import type { Post } from "./post.ts"
import { RecentClientIds } from "./recent-client-ids.ts"
import type { Command } from "./session-message.ts"
import { Unacknowledged } from "./unacknowledged.ts"
import { Unheard } from "./unheard.ts"

type Say = Command & { type: "say" }

/** What the talk of a session rests on. */
export interface CorrespondenceParts {
  me(): Person
  readonly journal: Journal
  readonly outlets: OutletSet
  readonly post: Post
  /** Whether messages are kept for a resume. */
  readonly keeps: boolean
  now(): number
  /** Learns of the end of a peer's session: the answer is `peerEnded`. */
  watch(peerId: string, session: Ref<never>): void
  isBlocked(userId: string): boolean
  /** The conversation with a peer, begun if there is none. */
  conversation(peerId: string, peer?: Person): Conversation
  /** Something that lists show has changed. */
  changed(): void
}

/** What a session says, takes in and confirms. Whatever it echoed arrives, or is said to be undelivered. */
export class Correspondence {
  readonly losses = new Losses()
  readonly #outstanding = new Outstanding(({ id, receiverId }) =>
    this.#undelivered(receiverId, id, "overflow"),
  )
  readonly #unacknowledged = new Unacknowledged()
  readonly #unheard = new Unheard()
  #clientIds: RecentClientIds | undefined

  constructor(readonly parts: CorrespondenceParts) {}

  say(command: Say, outlet: Outlet): void {
    const { receiverId, content, clientId, replyTo } = command
    const me = this.parts.me()
    if (receiverId === me.id) return refuse(outlet, command, "self")
    const repeated = clientId === undefined ? undefined : this.#clientIds?.find(clientId)
    if (repeated !== undefined) return this.#repeat(outlet, command, repeated)
    const message = stamp(me.id, receiverId, content, replyTo, this.parts.now())
    const told = this.parts.post.tell(receiverId, { type: "incoming", message, sender: me })
    if (told === "dead") return refuse(outlet, command, "receiver_offline")
    if (told === "full") return refuse(outlet, command, "overloaded")
    this.#await(message)
    this.#echo(message, clientId)
  }

  take(message: Message, sender: Person): void {
    const { keeps, journal, outlets } = this.parts
    if (this.parts.isBlocked(sender.id)) return this.#unheard.add(message)
    const entry: Entry = keeps
      ? journal.append(this.parts.conversation(sender.id, sender), message, false)
      : { type: "message", seq: journal.skip(), message, own: false, clientId: undefined }
    this.#unacknowledged.add(entry)
    outlets.publish(entry)
    outlets.handedOver(entry.seq)
    if (keeps) this.#shed()
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
   * lost. A number that may be of another life confirms nothing: an acknowledgement does.
   */
  attached(seq: number, isOfThisLife: boolean): void {
    if (isOfThisLife) this.#confirm(seq)
    this.lose(seq)
  }

  /** A client that has everything up to `seq` cannot confirm what fell into a gap above it. */
  lose(seq: number): void {
    this.#overflow(this.#unacknowledged.lost(seq))
  }

  #confirm(seq: number): void {
    const { post } = this.parts
    const peerId = this.parts.me().id
    for (const { senderId, id } of this.#unacknowledged.upTo(seq)) {
      if (this.parts.isBlocked(senderId)) continue
      const unheard = this.#unheard.of(senderId)
      post.signal(senderId, { type: "delivered", peerId, messageId: id, unheard })
    }
  }

  delivered(peerId: string, messageId: string, unheard: ReadonlySet<string> | undefined): void {
    this.#outstanding.deliveredUpTo(peerId, messageId, unheard)
    if (this.parts.journal.conversations.get(peerId)?.advance("delivered", messageId, unheard) === false)
      return
    this.parts.outlets.publish({ type: "progress", peerId, messageId, progress: "delivered", unheard })
  }

  /** What a peer said while blocked. */
  unheard(peerId: string): ReadonlySet<string> | undefined {
    return this.#unheard.of(peerId)
  }

  /** The peer could not keep it. */
  refused(peerId: string, messageId: string, reason: UndeliveredReason): void {
    if (this.#outstanding.take(peerId, messageId)) this.#undelivered(peerId, messageId, reason)
  }

  peerEnded(peerId: string, stop: Terminated["reason"]): void {
    const reason = reasons[stop] ?? "left"
    for (const message of this.#outstanding.end(peerId)) this.#undelivered(peerId, message.id, reason)
    this.#unheard.forget(peerId)
  }

  /** The content of an entry is gone; a repeat of it says nothing new. */
  redacted(entry: Entry): void {
    this.#clientIds?.replace(entry)
  }

  /** The same again is answered as before; it was said once. */
  #repeat(outlet: Outlet, command: Say, entry: Entry): void {
    const { message } = entry
    const isSame = message.content === command.content || message.unsent
    if (message.receiverId !== command.receiverId || !isSame) return refuse(outlet, command, "bad_frame")
    this.parts.outlets.answer(outlet, entry)
    const loss = this.losses.find(message.id)
    if (loss !== undefined) outlet.send({ type: "undelivered", ...loss })
  }

  #await(message: Message): void {
    const { receiverId } = message
    if (!this.#outstanding.add(receiverId, message)) return
    const session = this.parts.post.find(receiverId)?.session
    if (session !== undefined) this.parts.watch(receiverId, session)
  }

  #echo(message: Message, clientId: string | undefined): void {
    const { keeps, journal, outlets } = this.parts
    if (!keeps) return outlets.publish({ type: "message", seq: journal.skip(), message, own: true, clientId })
    const entry = journal.append(this.parts.conversation(message.receiverId), message, true, clientId)
    if (clientId !== undefined) {
      this.#clientIds ??= new RecentClientIds()
      this.#clientIds.add(clientId, entry)
    }
    outlets.publish(entry)
    this.#shed()
  }

  /** The journal keeps to its bounds; the senders of what had to go, unconfirmed, hear so. */
  #shed(): void {
    const { journal, outlets } = this.parts
    for (const gone of journal.shed()) {
      if (!gone.own) this.#overflow(this.#unacknowledged.evict(gone.seq, outlets.anyLive))
    }
    this.parts.changed()
  }

  #overflow(messages: readonly Message[]): void {
    for (const { id, senderId, receiverId } of messages) {
      this.parts.post.signal(senderId, {
        type: "refused",
        peerId: receiverId,
        messageId: id,
        reason: "overflow",
      })
    }
  }

  #undelivered(peerId: string, messageId: string, reason: UndeliveredReason): void {
    const loss = { peerId, messageId, reason }
    if (this.parts.keeps) this.losses.add(loss)
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
