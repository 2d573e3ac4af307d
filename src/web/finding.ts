import type { FoundPeople } from "../../views/model.ts"
import type { Talk } from "../chat/conversation.ts"
import type { Directory } from "../chat/directory.ts"
import { isNamed } from "../chat/people-search.ts"
import { personOf, summaryOf } from "./view-model.ts"

/** People on one page of what was found. */
const pageOfPeople = 50

/** In UTF-16 code units: no name is longer than is worth looking for. */
const longestQuery = 64

/** A query as it came, and where its page begins. */
export interface Asked {
  readonly query: string
  /** Nothing on the first page. */
  readonly after: string | null
}

/** Whoever looks for somebody. */
export interface Seeker {
  readonly me: string
  readonly talks: readonly Talk[]
  /** Id of whom no list names. */
  readonly companion: string
}

/**
 * Whom a reader finds: those they talk with first, wherever they are, then others online, and last the companion, by
 * name alone. An empty query is for everybody online.
 */
export function find({ me, talks, companion }: Seeker, directory: Directory, asked: Asked): FoundPeople {
  const query = asked.query.trim().slice(0, longestQuery)
  const isFound = isNamed(query)
  const mine = query === "" ? [] : talks.filter(({ peer }) => isFound(peer.name))
  const except = new Set([me, ...mine.map(({ peer }) => peer.id)])
  const after = Number(asked.after ?? 0) || 0
  const { members, total, next } = directory.search({ query, limit: pageOfPeople, after, except })
  const echo = query === "" || except.has(companion) ? undefined : directory.find(companion)
  const named = echo?.online && isFound(echo.name) ? [echo] : []
  return {
    query,
    talks: asked.after === null ? mine.map(summaryOf) : [],
    people: [...members, ...(next === undefined ? named : [])].map(personOf),
    total: mine.length + total + named.length,
    ...(next !== undefined && { next }),
  }
}
