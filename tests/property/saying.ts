/** One thing that somebody said, and all that came of it. */
export interface Saying {
  readonly clientId: string
  readonly content: string
  readonly from: number
  readonly to: number
  /** The receiver's id. */
  readonly toId: string
  /** Position among what this sender said to this receiver. */
  readonly place: number
  /** The sender's device that it was said on: what different devices say has no order before the server gives it one. */
  readonly device: string
  /** Its message id, once it was echoed. */
  id: string | undefined
  /** The code with which the server would not have it. */
  refused: string | undefined
  undelivered: boolean
  /** Its sender took it back, or tried to. */
  unsent: boolean
  /** The server said so. */
  takenBack: boolean
  /** Whether `delivered` named this very message. */
  named: boolean
  /** The message id with which a device of the receiver had it, and the session that it was in. */
  arrivedAs: string | undefined
  arrivedIn: string | undefined
  /** What each device that has it shows of it, by the device's name: nothing once it was taken back. */
  readonly shown: Map<string, string>
  /** Sent, perhaps into a connection that lost it. */
  sent: boolean
  /**
   * Sent again after what was said later, for nobody knew whether it had been refused: the server may have taken it only
   * then, and so after the other.
   */
  late: boolean
  /** The sender's session ended: nobody can be told what came of it. */
  orphaned: boolean
}

export type NewSaying = Pick<Saying, "from" | "to" | "toId" | "place" | "device">

export function newSaying(said: NewSaying): Saying {
  const { from, to, place } = said
  return {
    ...said,
    clientId: `${from}>${to} ${place}`,
    content: `${from}>${to} <b>&amp; "${place}"</b> it's`,
    id: undefined,
    refused: undefined,
    undelivered: false,
    unsent: false,
    takenBack: false,
    named: false,
    arrivedAs: undefined,
    arrivedIn: undefined,
    shown: new Map(),
    sent: false,
    late: false,
    orphaned: false,
  }
}

export function isTakenBack({ unsent }: Saying, content: string): boolean {
  return unsent && content === ""
}

export function pairOf({ from, to }: Saying): string {
  return `${from}>${to}`
}

/** A rule of docs/protocol.md that did not hold. */
export class Violation extends Error {}
