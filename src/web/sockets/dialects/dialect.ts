import type { PeopleList, PeopleNews } from "../../../chat/presence/announcer.ts"
import type { Welcome } from "../../../chat/session/outlet.ts"
import type { SessionEvent } from "../../../chat/session/session-message.ts"
import type { ErrorDraft } from "../../../wire/duet-v1.ts"
import type { Vocabulary } from "./vocabulary.ts"

/** How one kind of client is spoken to: what it may say, and how events read to it. */
export interface Encoding {
  /** Short and unique: it begins the names of this dialect's topics. */
  readonly name: string
  readonly vocabulary: Vocabulary
  /** Whether a person sits at the other end: see `Outlet`. */
  readonly attended: boolean
  /** Whether clients acknowledge; for those that do not, the socket does when it has taken the frames. */
  readonly acknowledges: boolean
  /** `key` is given when the server has just made it. */
  welcome(welcome: Welcome, key: string | undefined): string
  /** Nothing for an event that this dialect has no word for. */
  event(event: SessionEvent): string | undefined
  error(error: ErrorDraft): string
  people(list: PeopleList): string
  /** People that a list names at most. */
  readonly listed: number
  /** Bytes that a list, or the news of it, may take; of one that is larger those who came first are left out. */
  readonly largest: number
  /** How many there are and nothing else, for dialects whose lists may be left as they were. */
  counted?(list: PeopleList): string
  /** Whether its lists show who is away: the others hear of comings and goings alone. */
  readonly showsAway: boolean
  /** What has changed since the last announcement, for dialects that need not hear the whole list again. */
  news?(news: PeopleNews, partial: boolean): string
}
