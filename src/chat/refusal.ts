/** Why a session refuses what a client of its user asks. */
export type RefusalReason =
  /** The receiver is the sender. */
  | "to-oneself"
  /** The client's id for a message was used for another one. */
  | "id-reused"
  | "receiver-gone"
  /** Too much waits for the receiver of a message. */
  | "receiver-full"
  /** More was acknowledged than there is. */
  | "ack-ahead"
  /** The message is held no longer, or was taken back. */
  | "not-held"
  /** The message is not one's own, or is held no longer. */
  | "not-own"
  | "peer-gone"
  /** Too much waits for the one who is to be told about a message. */
  | "peer-full"
  | "too-many-watched"
  | "too-many-blocked"

/** Told to the outlet that asked, with what lets its client find what it is about. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly receiverId?: string | undefined
  readonly messageId?: string
  readonly clientId?: string | undefined
  /** What the reason is measured by: the newest number, or how many there may be. */
  readonly bound?: number
}
