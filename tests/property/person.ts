import type { Ledger } from "./ledger.ts"
import type { Network } from "./network.ts"
import type { Weather } from "./script.ts"

/** Somebody in a script, whatever they speak through. */
export interface Person {
  readonly index: number
  readonly identity: { readonly id: string }
  readonly network: Network
  /** Anew, through the relay and that weather; over a network that is well when asked so. */
  connect(weather: Weather, isWell?: boolean): void
  say(to: Person): void
  type(to: Person): void
  /** Says again what was said, with the same `client_id`. */
  repeat(): void
  /** Takes back what was said last and echoed. */
  unsend(): void
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
