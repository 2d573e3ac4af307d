/** What presence asks of the other machines. */
export interface Cluster {
  /**
   * Asks whether the session of a user who has none on this machine may begin here. After `pending` presence is told
   * `granted`, once, in bounded time; until then all who join as that user wait.
   */
  claim(userId: string): Claim
}

export type Claim = "granted" | "pending"

/** One machine alone: every session begins here. */
export class Solitary implements Cluster {
  claim(): Claim {
    return "granted"
  }
}
