import type { Member } from "./member.ts"

/** Those online, as lists name them. */
export interface PeopleList {
  /** At most 200, those who came last, in the order in which they came. */
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

/** Tells everyone who is online, each dialect in one frame for all. */
export interface Announcer {
  /** Whether somebody waits for a first list. */
  readonly expected: boolean
  /** To those who have had no list yet; they count to everyone from then on. */
  first(list: PeopleList): void
  /** To everyone. Answers the bytes that this cost, over all sockets; `budget` is what it may cost, 0 for any. */
  everyone(news: PeopleNews, budget: number): number
}
