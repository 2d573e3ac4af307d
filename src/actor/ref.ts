/** What became of a message at the door: queued, refused for lack of room, or nobody there any more. */
export type Told = "ok" | "full" | "dead"

/**
 * The address of an actor, typed by the messages it takes. It survives restarts and may be kept after the
 * actor's end: then everything sent to it is answered `dead` and counted. None of its methods throws.
 * A `Ref<never>` stands for any actor: it can be watched and stopped, but not told.
 */
export interface Ref<in M> {
  /** Unique in its system. */
  readonly id: number
  /** Names from the root down, such as `/presence/3`. For logs; not unique if names are given twice. */
  readonly path: string
  /** Queues in the ordinary lane, which is bounded: a full one is treated by the mailbox's overflow policy. */
  tell(message: M): Told
  /** Queues in the system lane, which is never full and always first. For control, not for content. */
  signal(message: M): Told
  /** Queues a message nobody will miss: refused as `full` while the ordinary lane is half full or more. */
  offer(message: M): Told
}
