import type { Ref, Told } from "../actor/index.ts"
import type { PeerMessage } from "./session/session-message.ts"

/** Delivers to a user id, wherever that user is. */
export interface Post {
  /** By the ordinary lane: what was `ok` is handled by the user's session, unless that ends first. */
  tell(userId: string, message: PeerMessage): Told
  /** By the lane that is never full, for what must not be refused. */
  signal(userId: string, message: PeerMessage): Told
  /** Refused when the mailbox is more than half full: for what nobody misses. */
  offer(userId: string, message: PeerMessage): Told
  /** The user's session, to be watched; nothing when they are not here. */
  sessionOf(userId: string): Ref<never> | undefined
}
