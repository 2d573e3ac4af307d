/** Why a session refuses a command. */
export type RefusalReason =
  /** The receiver is the sender. */
  | "to-oneself"
  /** The client used this id for another message before. */
  | "id-reused"
  | "receiver-gone"
  /** The mailbox of a message's receiver is full. */
  | "receiver-full"
  /** The acknowledged number is above the newest. */
  | "ack-ahead"
  /** The message is no longer held, or was unsent. */
  | "not-held"
  /** The message is not the user's own, or is no longer held. */
  | "not-own"
  | "peer-gone"
  /** The mailbox of the peer of the conversation is full. */
  | "peer-full"
  | "too-many-watched"
  | "too-many-blocked"

/** The answer to a refused command, to the outlet that sent it; the ids tell its client what it is about. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly receiverId?: string | undefined
  readonly messageId?: string
  readonly clientId?: string | undefined
  /** The newest number, or the most that is allowed, where the reason has one. */
  readonly bound?: number
}
