import { assertNever } from "../assert-never.ts"
import type { Post } from "../post.ts"
import type { RefusalReason } from "../refusal.ts"
import type { Contacts } from "./contacts.ts"
import type { ConversationList } from "./conversation-list.ts"
import type { Conversation, Entry } from "./delivery/conversation.ts"
import type { Delivery } from "./delivery/delivery.ts"
import type { Journal } from "./delivery/journal.ts"
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

/** Commands about messages, and what peers tell about them. */
export type AnnotationCommand = Command & { type: "seen" | "typing" | "react" | "unsend" }
export type PeerAnnotation = PeerMessage & { type: "seen" | "typing" | "reacted" | "unsent" }

/** What is said about messages: seen, typing, reactions, and taking back. */
export class Annotations {
  constructor(readonly parts: AnnotationParts) {}

  obey(command: AnnotationCommand, outlet: Outlet): void {
    switch (command.type) {
      case "seen":
        return this.#see(command)
      case "typing":
        return this.#type(command)
      case "react":
        return this.#react(command, outlet)
      case "unsend":
        return this.#unsend(command, outlet)
      default:
        return assertNever(command)
    }
  }

  receive(message: PeerAnnotation): void {
    switch (message.type) {
      case "seen":
        return this.#seen(message)
      case "typing":
        return this.#typing(message)
      case "reacted":
        return this.#reacted(message)
      case "unsent":
        return this.#unsent(message)
      default:
        return assertNever(message)
    }
  }

  #see({ peerId, messageId }: Command & { type: "seen" }): void {
    const { journal, post } = this.parts
    if (!journal.conversations.get(peerId)?.see(messageId)) return
    this.parts.talks.touch()
    if (this.parts.contacts.isBlocked(peerId)) return
    const suppressed = this.parts.suppressed.of(peerId)
    post.signal(peerId, { type: "seen", peerId: this.#myId, messageId, suppressed })
  }

  #seen({ peerId, messageId, suppressed }: PeerAnnotation & { type: "seen" }): void {
    if (this.#conversation(peerId)?.advance("seen", messageId, suppressed) === false) return
    this.parts.outlets.publish({ type: "progress", peerId, messageId, progress: "seen", suppressed })
  }

  /** Transient: told if there is ample room, and forgotten otherwise. */
  #type({ receiverId, isTyping }: Command & { type: "typing" }): void {
    const { contacts, post } = this.parts
    if (!contacts.isBlocked(receiverId))
      post.offer(receiverId, { type: "typing", peerId: this.#myId, isTyping })
  }

  #typing({ peerId, isTyping }: PeerAnnotation & { type: "typing" }): void {
    if (!this.parts.contacts.isBlocked(peerId))
      this.parts.outlets.publish({ type: "typing", userId: peerId, isTyping })
  }

  #react({ peerId, messageId, emoji }: Command & { type: "react" }, outlet: Outlet): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation === undefined || entry === undefined || entry.message.unsent) {
      return refuse(outlet, "not-held", messageId)
    }
    if (!this.#tell(peerId, { type: "reacted", peerId: this.#myId, messageId, emoji }, outlet, messageId))
      return
    this.#mark(conversation, messageId, this.#myId, emoji)
  }

  #reacted({ peerId, messageId, emoji }: PeerAnnotation & { type: "reacted" }): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation === undefined || entry === undefined || entry.message.unsent) return
    if (this.parts.contacts.isBlocked(peerId)) return
    this.#mark(conversation, messageId, peerId, emoji)
  }

  #unsend({ peerId, messageId }: Command & { type: "unsend" }, outlet: Outlet): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation === undefined || !entry?.own) {
      return refuse(outlet, "not-own", messageId)
    }
    const message: PeerMessage = { type: "unsent", peerId: this.#myId, messageId }
    if (this.parts.post.tell(peerId, message) === "full") {
      return refuse(outlet, "peer-full", messageId)
    }
    this.#redact(conversation, entry)
  }

  #unsent({ peerId, messageId }: PeerAnnotation & { type: "unsent" }): void {
    const conversation = this.#conversation(peerId)
    const entry = conversation?.find(messageId)
    if (conversation !== undefined && entry !== undefined && !entry.own) this.#redact(conversation, entry)
  }

  #mark(conversation: Conversation, messageId: string, userId: string, emoji: string | null): void {
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
    if (told === "dead") refuse(outlet, "peer-gone", messageId)
    if (told === "full") refuse(outlet, "peer-full", messageId)
    return told === "ok"
  }

  #conversation(peerId: string): Conversation | undefined {
    return this.parts.journal.conversations.get(peerId)
  }

  get #myId(): string {
    return this.parts.userId
  }
}

function refuse(outlet: Outlet, reason: RefusalReason, messageId: string): void {
  outlet.refuse({ reason, messageId })
}
