import type { Person } from "../session/delivery/conversation.ts"

/** One user who is here, as the directory keeps them. */
export interface Member {
  readonly id: string
  name: string
  /** The name in no case. */
  folded: string
  /** The same without accents, as people look for it. */
  sought: string
  /** What it looks like: see `looksOf`. */
  looks: readonly string[]
  /** Whether somebody else online has a name that looks like it. */
  double: boolean
  /** Whether lists, counts and the store know of them; of a companion they do not. */
  readonly listed: boolean
  /** Ascending with each join: the order of lists and the cursor through them. */
  readonly order: number
  /** Milliseconds since the epoch. */
  readonly since: number
  /** Has had a socket. Until then nobody is told of them. */
  arrived: boolean
  /** False before the first socket, and once the grace after the last one is over. */
  online: boolean
  /** Online, and not at hand. */
  away: boolean
  /** The session has ended. */
  gone: boolean
}

/** How somebody is now; of who is not here, and may never have been, nothing but the id is known. */
export function personOf(id: string, member: Member | undefined): Person {
  if (member === undefined) return { id, name: "", online: false, away: false, gone: true }
  const { name, online, away, gone, double } = member
  return { id, name, online, away, gone, ...(double && { double }) }
}
