import type { FoundPeople } from "../../../../views/model.ts"
import { conversationRow } from "../../../../views/sidebar/conversation-list.ts"
import { personRow } from "../../../../views/sidebar/people-list.ts"
import { fitting, room } from "../../../../views/transcript/fitting.ts"
import type { Directory } from "../../../chat/presence/directory.ts"
import { type Found, isNamed, type Search } from "../../../chat/presence/people-search.ts"
import type { Talk } from "../../../chat/session/delivery/conversation.ts"
import { personOf, summaryOf } from "./view-model.ts"

/** How many people one page of results shows. */
const pageOfPeople = 50

/** The longest query, in UTF-16 code units; the rest is cut off. */
const maxQuery = 64

/** A query, and where its page begins. */
export interface Asked {
  readonly query: string
  /** `null` for the first page. */
  readonly after: string | null
}

/** The user who searches. */
export interface Seeker {
  readonly me: string
  readonly talks: readonly Talk[]
  /** Echo's id, which no list names. */
  readonly companion: string
}

/**
 * Finds people: first those with whom the user has a conversation, online or not, then others online, and last Echo, by
 * name only. An empty query finds everybody online.
 */
export function find({ me, talks, companion }: Seeker, directory: Directory, asked: Asked): FoundPeople {
  const query = asked.query.trim().slice(0, maxQuery)
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

/** The latest conversations that fit a page; a longer query finds the others. */
function listable(talks: readonly Talk[]): readonly Talk[] {
  const latest = talks.slice(0, pageOfPeople)
  const rows = fitting(latest, room.found / 2, (talk) => conversationRow(summaryOf(talk), "f"))
  return latest.slice(0, rows.length)
}

/** Searches again for fewer people where long names would make a full page too large. */
function searchPage(directory: Directory, search: Search): Found {
  const found = directory.search(search)
  const rows = fitting(found.members, room.found / 2, (member) => personRow(personOf(member), "f"))
  const limit = rows.length
  return limit < found.members.length ? directory.search({ ...search, limit }) : found
}
