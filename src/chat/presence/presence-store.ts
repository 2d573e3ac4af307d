/** A user as the table knows them. */
export interface PresenceRow {
  /** UUID. */
  readonly id: string
  readonly name: string
  /** False during the window in which a user without a socket may come back. */
  readonly online: boolean
  /** When the session began, in milliseconds since the epoch. */
  readonly since: number
}

export type PresenceChange =
  | { readonly type: "present"; readonly row: PresenceRow }
  | { readonly type: "gone"; readonly id: string }

/**
 * Where presence is written for others to read. Every method rejects when the store cannot be
 * reached; the writer then starts again from `open`.
 */
export interface PresenceStore {
  /** Brings the schema up to date, registers this node with a fresh lease, and clears its rows. */
  open(): Promise<void>
  /** Applies the changes, at most one for each user, in one statement for each kind. */
  write(changes: readonly PresenceChange[]): Promise<void>
  /**
   * Renews this node's lease, removes the rows of nodes whose lease ran out, and answers how many rows
   * this node has: a number that is not the writer's own says that somebody else changed them.
   */
  renew(): Promise<number>
  /** Takes this node and its rows away, and lets go of the connection. Safe to call at any time. */
  close(): Promise<void>
}
