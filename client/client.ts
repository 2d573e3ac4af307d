import { socketUrl } from "./address.ts"
import type { Duet, MessageRef } from "./duet.ts"
import { DuetError } from "./errors.ts"
import type { DuetEvents, Message, Opening, People } from "./events.ts"
import type { Errand } from "./frames.ts"
import { clientIds, isKey, newKey } from "./key.ts"
import { Link } from "./link.ts"
import type { ConnectOptions } from "./options.ts"
import { createParts, type Parts } from "./parts.ts"
import { Reception } from "./reception.ts"
import { whyRefused } from "./refusal.ts"
import { surroundingsWith } from "./surroundings.ts"

/** What a program holds: what it says goes to the parts, and what they make of it goes over the link. */
export class Client implements Duet {
  readonly key: string
  readonly ready: Promise<Opening>
  readonly #parts: Parts
  readonly #reception: Reception
  readonly #link: Link
  readonly #nextClientId = clientIds()
  readonly #left: Promise<void>
  #leaving = false
  #ended: DuetError | undefined

  constructor(options: ConnectOptions) {
    const { url, name = "", key = newKey(), after, epoch } = options
    if (!isKey(key))
      throw new DuetError("bad_key", "A key is 43 characters of base64url: the `key` of a client.")
    if (!name.isWellFormed())
      throw new DuetError("bad_name", "A name is whole characters: this holds half of one.")
    if ((after === undefined) !== (epoch === undefined))
      throw new DuetError(
        "bad_cursor",
        "`after` and `epoch` belong together: the `seq` and `epoch` of a client.",
      )
    const surroundings = surroundingsWith(options)
    this.key = key
    this.#parts = createParts(options, surroundings, (frame) => this.#link.send(frame))
    this.#reception = new Reception(this.#parts, name)
    this.#link = new Link({
      surroundings,
      protocols: ["duet.v1", `duet.key.${key}`],
      url: () => socketUrl({ base: url, name: this.name, cursor: this.#parts.inbox.cursor }),
      whyRefused: () => whyRefused(surroundings.fetch, url, this.name),
      ping: () => this.#parts.errands.ping(),
      opened: (frame) => {
        if (this.#leaving) this.#link.send({ type: "leave" })
        else this.#reception.opened(frame)
      },
      heard: (frame) => {
        if (!this.#leaving) this.#reception.heard(frame)
      },
      lost: (loss) => this.#reception.lost(loss),
      ended: (error) => {
        this.#ended = error
        this.#reception.ended(error)
      },
    })
    this.ready = new Promise((resolve, reject) => {
      this.on("open", resolve)
      this.on("closed", reject)
    })
    this.ready.catch(() => {})
    this.#left = new Promise((resolve) => this.on("closed", () => resolve()))
    this.#link.connect()
  }

  get userId(): string | undefined {
    return this.#reception.userId
  }

  get name(): string {
    return this.#reception.name
  }

  get seq(): number {
    return this.#parts.inbox.seq
  }

  get epoch(): string | undefined {
    return this.#parts.inbox.epoch
  }

  get state(): Duet["state"] {
    return this.#link.state
  }

  get people(): People {
    return this.#parts.people.now
  }

  get unsent(): number {
    return this.#parts.outbox.size
  }

  on<K extends keyof DuetEvents>(type: K, listener: (event: DuetEvents[K]) => void): () => void {
    return this.#parts.events.on(type, listener)
  }

  say(peerId: string, content: string, { replyTo }: { readonly replyTo?: string } = {}): Promise<Message> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    this.#parts.ownTyping.said(peerId)
    return this.#parts.outbox.put({
      type: "chat_message",
      receiver_id: peerId,
      content,
      client_id: this.#nextClientId(),
      ...(replyTo !== undefined && { reply_to: replyTo }),
    })
  }

  seen({ peerId, id }: MessageRef): void {
    if (this.#ended === undefined) this.#parts.seen.upTo(peerId, id)
  }

  typing(peerId: string, isTyping = true): void {
    if (!this.#parts.ownTyping.isNews(peerId, isTyping)) return
    this.#link.send({ type: "typing", receiver_id: peerId, is_typing: isTyping })
  }

  react({ peerId, id }: MessageRef, emoji: string | null): void {
    this.#run({ type: "react", peer_id: peerId, message_id: id, emoji })
  }

  unsend({ peerId, id }: MessageRef): void {
    this.#run({ type: "unsend", peer_id: peerId, message_id: id })
  }

  rename(name: string): void {
    this.#run({ type: "rename", name })
  }

  watch(userIds: readonly string[]): void {
    this.#run({ type: "watch", user_ids: userIds })
  }

  unwatch(userIds: readonly string[]): void {
    this.#run({ type: "unwatch", user_ids: userIds })
  }

  block(userId: string): void {
    this.#run({ type: "block", user_id: userId })
  }

  unblock(userId: string): void {
    this.#run({ type: "unblock", user_id: userId })
  }

  away(isAway = true): void {
    this.#run({ type: "status", status: isAway ? "away" : "online" })
  }

  leave(): Promise<void> {
    if (!this.#leaving) {
      this.#leaving = true
      this.#parts.acks.flush()
      this.#link.send({ type: "leave" })
    }
    return this.#left
  }

  close(): void {
    this.#parts.seen.flush()
    this.#parts.acks.flush()
    this.#link.end(new DuetError("closed", "This client was closed: connect anew."))
  }

  #run(errand: Errand): void {
    if (this.#ended === undefined) this.#parts.errands.run(errand)
  }
}
