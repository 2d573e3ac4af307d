import type { PeopleList } from "../../chat/announcer.ts"
import type { SessionEvent, Welcome } from "../../chat/outlet.ts"
import type { Vocabulary } from "../frames.ts"

/** How one kind of client is spoken to: what it may say, and how events read to it. */
export interface Encoding {
  /** Short and unique: it begins the names of this dialect's topics. */
  readonly name: string
  readonly vocabulary: Vocabulary
  welcome(welcome: Welcome): string
  /** Nothing for an event that this dialect has no word for. */
  event(event: SessionEvent): string | undefined
  people(list: PeopleList): string
}
