import type { ErrorCode } from "../errors.ts"
import type { Post } from "../post.ts"
import type { Contacts } from "./contacts.ts"
import type { ConversationList } from "./conversation-list.ts"
import type { Conversation, Entry } from "./delivery/conversation.ts"
import type { Delivery } from "./delivery/delivery.ts"
import type { Journal } from "./delivery/journal.ts"
import type { MessageRanges } from "./delivery/message-ranges.ts"
import type { Suppressed } from "./delivery/suppressed.ts"
import type { Outlet } from "./outlet.ts"
import type { OutletSet } from "./outlets/outlet-set.ts"
import type { Command, PeerMessage } from "./session-message.ts"

export interface AnnotationParts {
  readonly userId: string
  readonly journal: Journal
  readonly suppressed: Suppressed
  readonly contacts: Contacts
  readonly outlets: OutletSet
  readonly talks: ConversationList
  readonly delivery: Pick<Delivery, "redacted">
  readonly post: Post
}

/** What is said about messages: seen, typing, reactions, and taking back. */
export class Annotations {
  constructor(readonly parts: AnnotationParts) {}

  see({ peerId, messageId }: Command & { type: "seen" }): void {
    const { journal, post } = this.parts
    if (!journal.conversations.get(peerId)?.see(messageId)) return
    this.parts.talks.touch()
    if (this.parts.contacts.isBlocked(peerId)) return
    const suppressed = this.parts.suppressed.of(peerId)
    post.signal(peerId, { type: "seen", peerId: this.#myId, messageId, suppressed })
  }

  seen(peerId: string, messageId: string, suppressed: MessageRanges | undefined): void {
    if (this.#conversation(peerId)?.advance("seen", messageId, suppressed) === false) return
    this.parts.outlets.publish({ type: "progress", peerId, messageId, progress: "seen", suppressed })
  }

  /** Transient: told if there is ample room, and forgotten otherwise. */
  type({ receiverId, isTyping }: Command & { type: "typing" }): void {
    const { contacts, post } = this.parts
    if (!contacts.isBlocked(receiverId))
      post.offer(receiverId, { type: "typing", peerId: this.#myId, isTyping })
  }

  typing(peerId: string, isTyping: boolean): void {
    if (!this.parts.contacts.isBlocked(peerId))
      this.parts.outlets.publish({ type: "typing", userId: peerId, isTyping })
  }

  react({ peerId, messageId, emoji }: Command & { type: "react" }, outlet: Outlet): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation === undefined || entry === undefined || entry.message.unsent) {
      return this.#refuse(outlet, "bad_frame", "`message_id` is of no message that is still held.", messageId)
    }
    if (!this.#tell(peerId, { type: "reacted", peerId: this.#myId, messageId, emoji }, outlet, messageId))
      return
    this.#react(conversation, messageId, this.#myId, emoji)
  }

  reacted(peerId: string, messageId: string, emoji: string | null): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation === undefined || entry === undefined || entry.message.unsent) return
    if (this.parts.contacts.isBlocked(peerId)) return
    this.#react(conversation, messageId, peerId, emoji)
  }

  unsend({ peerId, messageId }: Command & { type: "unsend" }, outlet: Outlet): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation === undefined || !entry?.own) {
      return this.#refuse(
        outlet,
        "bad_frame",
        "`message_id` is of no own message that is still held.",
        messageId,
      )
    }
    const message: PeerMessage = { type: "unsent", peerId: this.#myId, messageId }
    if (this.parts.post.tell(peerId, message) === "full") {
      return this.#refuse(outlet, "overloaded", "Too much waits for them: try again in a moment.", messageId)
    }
    this.#redact(conversation, entry)
  }

  unsent(peerId: string, messageId: string): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation !== undefined && entry !== undefined && !entry.own) this.#redact(conversation, entry)
  }

  #react(conversation: Conversation, messageId: string, userId: string, emoji: string | null): void {
    const reactions = this.parts.journal.react(conversation, messageId, userId, emoji)
    this.parts.outlets.publish({ type: "reactions", peerId: conversation.peer.id, messageId, reactions })
  }

  #redact(conversation: Conversation, entry: Entry): void {
    const { journal, outlets } = this.parts
    if (entry.message.unsent) return
    this.parts.delivery.redacted(journal.redact(conversation, entry))
    outlets.publish({ type: "unsent", peerId: conversation.peer.id, messageId: entry.message.id })
    this.parts.talks.touch()
  }

  #tell(peerId: string, message: PeerMessage, outlet: Outlet, messageId: string): boolean {
    const told = this.parts.post.tell(peerId, message)
    if (told === "dead") this.#refuse(outlet, "receiver_offline", "They are not here any more.", messageId)
    if (told === "full")
      this.#refuse(outlet, "overloaded", "Too much waits for them: try again in a moment.", messageId)
    return told === "ok"
  }

  #refuse(outlet: Outlet, code: ErrorCode, message: string, messageId: string): void {
    outlet.send({ type: "error", code, message, messageId })
  }

  #conversation(peerId: string): Conversation | undefined {
    return this.parts.journal.conversations.get(peerId)
  }

  get #myId(): string {
    return this.parts.userId
  }
}
