/**
 * A message that the runtime made for one incarnation (a timer's, a watch's, a promise's), opened in its turn.
 * It names its incarnation, so that the next one can tell it is stale.
 */
export class Envelope<M> {
  constructor(
    readonly incarnation: object,
    /** What dead letters call it. */
    readonly type: string,
    /** Answers how to make the message, or undefined when the actor has taken its wish back since. */
    readonly claim: () => (() => M) | undefined,
  ) {}
}
