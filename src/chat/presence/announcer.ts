import type { Member } from "./member.ts"

/** Those online, as lists name them. */
export interface PeopleList {
  /** All up to 200, beyond that the 50 who came last, in the order in which they came. */
  readonly members: readonly Member[]
  readonly total: number
  /** Ascending with each announcement to everyone. */
  readonly version: number
}

/** What has changed since the announcement before. */
export interface PeopleNews extends PeopleList {
  /** Who came, or goes by a new name. */
  readonly joined: readonly Member[]
  /** Ids. */
  readonly left: readonly string[]
}

/** Bytes that an announcement cost: over all sockets, and of the socket that got the most. */
export interface Cost {
  readonly total: number
  readonly each: number
}

/** Tells everyone who is online, each dialect in one frame for all. */
export interface Announcer {
  /** Whether somebody waits for a first list. */
  readonly expected: boolean
  /** To those who have had no list yet and have room for it; they count to everyone from then on. */
  first(list: PeopleList): void
  /** To everyone. `budget` is the bytes that it may cost, 0 for any; what cannot be told in part may cost more. */
  everyone(news: PeopleNews, budget: number): Cost
}
