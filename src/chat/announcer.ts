import type { Member } from "./member.ts"

/** Those online, as lists name them. */
export interface PeopleList {
  /** At most 200, those who came last, in the order in which they came. */
  readonly members: readonly Member[]
  readonly total: number
}

/** Tells everyone who is online, each dialect in one frame for all. */
export interface Announcer {
  /** Whether somebody waits for a first list. */
  readonly expected: boolean
  /** To those who have had no list yet; they count to everyone from then on. */
  first(list: PeopleList): void
  /** To everyone. Answers the bytes that this cost, over all sockets. */
  everyone(list: PeopleList): number
}
