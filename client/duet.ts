import type { DuetEvents, Message, Opening, People } from "./events.ts"

/** One user's place in Duet. What is said and asked while the connection is lost waits, and goes when it is back. */
export interface Duet {
  /** Who holds this is this user, on this and other machines: keep it to come back, and keep it secret. */
  readonly key: string
  /** Known from the first `open` on. */
  readonly userId: string | undefined
  readonly name: string
  /** The number of the newest message that has come: keep it and `epoch` beside the key to come back without a repeat. */
  readonly seq: number
  /** What `seq` is of: another session has another. Known from the first `open` on. */
  readonly epoch: string | undefined
  readonly state: "connecting" | "open" | "waiting" | "closed"
  readonly people: People
  /** Messages that are said and not echoed yet. */
  readonly unsent: number
  /** Resolves with the first `open`; rejects with a `DuetError` if the client ends before. */
  readonly ready: Promise<Opening>

  /** Answers how to stop listening. Listeners attached in the turn of `connect` miss nothing. */
  on<K extends keyof DuetEvents>(type: K, listener: (event: DuetEvents[K]) => void): () => void

  /**
   * Says something to one user, after all that was said before. Resolves when the server has taken it; what becomes
   * of it then is told by `tick`. Waits and tries again by itself when the connection is lost, or the server asks to
   * slow down. Rejects with a `DuetError` when it is refused for good.
   */
  say(peerId: string, content: string, options?: { readonly replyTo?: string }): Promise<Message>

  /** The peer's messages are read, up to this one. */
  seen(message: MessageRef): void
  /** May be said at every key: it is sent as seldom as will do. */
  typing(peerId: string, isTyping?: boolean): void
  /** One emoji a person and message; `null` takes it back. */
  react(message: MessageRef, emoji: string | null): void
  /** Takes an own message back, from both sides. */
  unsend(message: MessageRef): void
  rename(name: string): void
  /** Hears of these users' presence at once: 100 at most. Those talked with are watched anyway. */
  watch(userIds: readonly string[]): void
  unwatch(userIds: readonly string[]): void
  /** They are told nothing, and nothing of theirs arrives. */
  block(userId: string): void
  unblock(userId: string): void
  /** Online, but not at hand; `false` for back again. */
  away(isAway?: boolean): void

  /** Ends the user's session now, on all sockets; nothing that comes is heard any more. Resolves when the server has done it, or the client has ended. */
  leave(): Promise<void>
  /** Closes this connection for good. The session lives on for its window: the key comes back to it. */
  close(): void
}

/** Which message is meant: a whole `Message` will do. */
export type MessageRef = Pick<Message, "peerId" | "id">
