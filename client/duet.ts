import type { DuetEvents, Message, Opening, People } from "./events.ts"

/** One user's connection to Duet. What a program sends while the connection is lost waits until it is back. */
export interface Duet {
  /** It proves who the user is, on any machine: keep it to come back, and keep it secret. */
  readonly key: string
  /** Known from the first `open` on. */
  readonly userId: string | undefined
  readonly name: string
  /** The number of the newest message received: keep it and `epoch` beside the key to come back without a repeat. */
  readonly seq: number
  /** Names the session that `seq` belongs to: each session has its own. Known from the first `open` on. */
  readonly epoch: string | undefined
  readonly state: "connecting" | "open" | "waiting" | "closed"
  readonly people: People
  /** How many messages the server has not echoed yet. */
  readonly unsent: number
  /** Resolves with the first `open`; rejects with a `DuetError` if the client ends before. */
  readonly ready: Promise<Opening>

  /** Returns a function that stops listening. Listeners attached in the turn of `connect` miss nothing. */
  on<K extends keyof DuetEvents>(type: K, listener: (event: DuetEvents[K]) => void): () => void

  /**
   * Sends a message to one user, after all earlier ones. Resolves when the server has accepted it; `tick` tells what
   * becomes of it. Waits and tries again by itself when the connection is lost, or the server asks to slow down.
   * Rejects with a `DuetError` when it is refused for good.
   */
  say(peerId: string, content: string, options?: { readonly replyTo?: string }): Promise<Message>

  /** The peer's messages are read, up to this one. */
  seen(message: MessageRef): void
  /** May be called at every key: it sends no more frames than needed. */
  typing(peerId: string, isTyping?: boolean): void
  /** One emoji per person and message; `null` removes it. */
  react(message: MessageRef, emoji: string | null): void
  /** Removes a message of one's own, on both sides. */
  unsend(message: MessageRef): void
  rename(name: string): void
  /** Reports these users' presence at once: 100 at most. Users one talks with are watched anyway. */
  watch(userIds: readonly string[]): void
  unwatch(userIds: readonly string[]): void
  /** Nothing of theirs arrives any more; they are not told. */
  block(userId: string): void
  unblock(userId: string): void
  /** Shows the user as away; `false` as online again. */
  away(isAway?: boolean): void

  /** Ends the user's session now, on all sockets; no event but `closed` follows. Resolves when the server has done it, or the client has ended. */
  leave(): Promise<void>
  /** Closes this connection for good. The session lives on for its window: a client with the key can resume it. */
  close(): void
}

/** Names a message; a whole `Message` fits. */
export type MessageRef = Pick<Message, "peerId" | "id">
