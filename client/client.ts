import { socketUrl } from "./address.ts"
import { Connection } from "./connection.ts"
import type { Duet, MessageRef } from "./duet.ts"
import { DuetError } from "./errors.ts"
import type { DuetEvents, Message, Opening, People } from "./events.ts"
import { FrameRouter } from "./frame-router.ts"
import type { Command } from "./frames.ts"
import { clientIds, isKey, newKey } from "./key.ts"
import type { ConnectOptions } from "./options.ts"
import { createParts, type Parts } from "./parts.ts"
import { platformWith } from "./platform.ts"
import { whyRefused } from "./refusal.ts"

/** What `connect` gives a program: wires the parts to one connection. */
export class Client implements Duet {
  readonly key: string
  readonly ready: Promise<Opening>
  readonly #parts: Parts
  readonly #router: FrameRouter
  readonly #connection: Connection
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
    const platform = platformWith(options)
    this.key = key
    this.#parts = createParts(options, platform, (frame) => this.#connection.send(frame))
    this.#router = new FrameRouter(this.#parts, name)
    this.#connection = new Connection({
      platform,
      protocols: ["duet.v1", `duet.key.${key}`],
      url: () => socketUrl({ base: url, name: this.name, cursor: this.#parts.inbox.cursor }),
      whyRefused: () => whyRefused(platform.fetch, url, this.name),
      ping: () => this.#parts.retryQueue.ping(),
      opened: (frame) => {
        if (this.#leaving) this.#connection.send({ type: "leave" })
        else this.#router.opened(frame)
      },
      heard: (frame) => {
        if (!this.#leaving) this.#router.heard(frame)
      },
      lost: (loss) => this.#router.lost(loss),
      ended: (error) => {
        this.#ended = error
        this.#router.ended(error)
      },
    })
    this.ready = new Promise((resolve, reject) => {
      this.on("open", resolve)
      this.on("closed", reject)
    })
    this.ready.catch(() => {})
    this.#left = new Promise((resolve) => this.on("closed", () => resolve()))
    this.#connection.connect()
  }

  get userId(): string | undefined {
    return this.#router.userId
  }

  get name(): string {
    return this.#router.name
  }

  get seq(): number {
    return this.#parts.inbox.seq
  }

  get epoch(): string | undefined {
    return this.#parts.inbox.epoch
  }

  get state(): Duet["state"] {
    return this.#connection.state
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
    if (!this.#parts.ownTyping.isDue(peerId, isTyping)) return
    this.#connection.send({ type: "typing", receiver_id: peerId, is_typing: isTyping })
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
      this.#connection.send({ type: "leave" })
    }
    return this.#left
  }

  close(): void {
    this.#parts.seen.flush()
    this.#parts.acks.flush()
    this.#connection.end(new DuetError("closed", "This client was closed: connect anew."))
  }

  #run(command: Command): void {
    if (this.#ended === undefined) this.#parts.retryQueue.run(command)
  }
}
