import type { FoundPeople } from "../../../../views/model.ts"
import { conversationRow } from "../../../../views/sidebar/conversation-list.ts"
import { personRow } from "../../../../views/sidebar/people-list.ts"
import { fitting, room } from "../../../../views/transcript/fitting.ts"
import type { Directory } from "../../../chat/presence/directory.ts"
import { type Found, isNamed, type Search } from "../../../chat/presence/people-search.ts"
import type { Talk } from "../../../chat/session/delivery/conversation.ts"
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
  const mine = query === "" ? [] : listable(talks.filter(({ peer }) => isFound(peer.name)))
  const except = new Set([me, ...mine.map(({ peer }) => peer.id)])
  const after = Number(asked.after ?? 0) || 0
  const { members, total, next } = searchPage(directory, { query, limit: pageOfPeople, after, except })
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

/** Those talked with last, as many as fit a page; the others are found by more letters, or among those online. */
function listable(talks: readonly Talk[]): readonly Talk[] {
  const latest = talks.slice(0, pageOfPeople)
  const rows = fitting(latest, room.found / 2, (talk) => conversationRow(summaryOf(talk), "f"))
  return latest.slice(0, rows.length)
}

/** A shorter page where those found are called so that a whole one would be too large. */
function searchPage(directory: Directory, search: Search): Found {
  const found = directory.search(search)
  const rows = fitting(found.members, room.found / 2, (member) => personRow(personOf(member), "f"))
  const limit = rows.length
  return limit < found.members.length ? directory.search({ ...search, limit }) : found
}
