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

/**
 * Whom a reader finds: those they talk with first, wherever they are, then others online. An empty query is for
 * everybody online.
 */
export function find(me: string, talks: readonly Talk[], directory: Directory, asked: Asked): FoundPeople {
  const query = asked.query.trim().slice(0, longestQuery)
  const isFound = isNamed(query)
  const mine = query === "" ? [] : talks.filter(({ peer }) => isFound(peer.name))
  const except = new Set([me, ...mine.map(({ peer }) => peer.id)])
  const after = Number(asked.after ?? 0) || 0
  const { members, total, next } = directory.search({ query, limit: pageOfPeople, after, except })
  return {
    query,
    talks: asked.after === null ? mine.map(summaryOf) : [],
    people: members.map(personOf),
    total: mine.length + total,
    ...(next !== undefined && { next }),
  }
}
