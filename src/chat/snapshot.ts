import type { Entry, Person, Talk } from "./conversation.ts"
import type { UndeliveredReason } from "./errors.ts"

/** A session as a page shows it, taken within one turn of the actor. */
export interface Snapshot {
  readonly seq: number
  readonly talks: readonly Talk[]
  readonly open: OpenTalk | undefined
}

export interface OpenTalk {
  readonly peer: Person
  readonly entries: readonly Entry[]
  readonly truncated: boolean
  readonly undelivered: ReadonlyMap<string, UndeliveredReason>
}
