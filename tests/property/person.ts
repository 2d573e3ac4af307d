import type { Cut, Way } from "../support/tcp-relay.ts"
import type { Ledger } from "./ledger.ts"
import type { Weather } from "./script.ts"
import type { Server } from "./server.ts"

/** Somebody in a script, whatever they speak through. `device` counts from 0; one that never connected stands for the first. */
export interface Person {
  readonly index: number
  readonly identity: { readonly id: string }
  /** The names of the devices that have joined, as the ledger knows them. */
  readonly devices: readonly string[]
  /** The session that they have, as far as they know. */
  readonly epoch: string | undefined
  /** Anew, through the relay and that weather. */
  connect(device: number, weather: Weather): void
  /** All devices anew, over a network that is well. */
  comeBack(): void
  /** Closes every socket, and stays away until the next `connect`. */
  vanish(): void
  cut(device: number, how: Cut): void
  stall(device: number, way: Way): void
  flow(device: number): void
  say(device: number, to: Person): void
  type(device: number, to: Person): void
  /** Says again what was said, with the same `client_id`. */
  repeat(device: number): void
  /** Takes back what was said last and echoed. */
  unsend(device: number): void
  ack(device: number): void
  block(device: number, whom: Person): void
  unblock(device: number, whom: Person): void
  leave(device: number): void
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
  /** Whether each sign of typing is sent and heard as it is, and not by a client that leaves some out. */
  readonly tellsAllTyping: boolean
  readonly server: Server
  join(index: number, ledger: Ledger): Promise<Person>
}
