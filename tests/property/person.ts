import type { Aim, Cut } from "../support/tcp-relay.ts"
import type { Ledger } from "./ledger.ts"

/** Somebody in a script, whatever they speak through. */
export interface Person {
  readonly index: number
  readonly identity: { readonly id: string }
  /** Through the relay, cut where aimed; over a network that is well when asked so. */
  connect(aim?: Aim, isWell?: boolean): void
  cut(how: Cut): void
  say(to: Person): void
  /** Says again what was said, with the same `client_id`. */
  repeat(): void
  ack(): void
  block(whom: Person): void
  unblock(whom: Person): void
  leave(): void
  /** Waits until all that was said before is handled by this person's session, and its answers are here. */
  settled(): Promise<void>
  /** Ends the session, and waits until it has ended. */
  left(): Promise<void>
  /** Throws what was wrong in anything heard so far. */
  check(): void
  stop(): void
}

/** Who plays a script, and how. */
export interface Cast {
  readonly name: string
  /** Whether `delivered` waits for the client's own acknowledgement. */
  readonly acknowledges: boolean
  join(index: number, ledger: Ledger): Promise<Person>
}
