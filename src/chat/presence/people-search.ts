import { looksOf } from "../look-alikes.ts"
import { couldBeInName } from "../names.ts"
import type { Member } from "./member.ts"

export interface Search {
  /** Part of a name, in any case; empty for everybody. */
  readonly query: string
  /** At most this many at once. */
  readonly limit: number
  /** The `next` of the page before; 0 for the first. */
  readonly after: number
  /** Ids of those who are left out, and not counted. */
  readonly except: ReadonlySet<string>
}

export interface Found {
  readonly members: readonly Member[]
  /** How many match, on all pages. */
  readonly total: number
  /** Where the next page begins; nothing on the last one. */
  readonly next: number | undefined
}

export const nobody: Found = { members: [], total: 0, next: undefined }

/** More than anybody's order can be: who merely holds the query comes after all who begin with it. */
const behind = 2 ** 40

/** Those whose name, or a word of it, begins with the query; then those whose name holds it; each as they came. */
export function searchPeople(members: Iterable<Member>, { query, limit, after, except }: Search): Found {
  if (!couldBeInName(query)) return nobody
  const wanted = fold(query.trim())
  const begins = beginsWith(wanted)
  const first: Member[] = []
  const then: Member[] = []
  let total = 0
  for (const member of members) {
    const { sought, order } = member
    if (!member.online || !sought.includes(wanted) || except.has(member.id)) continue
    total++
    // One more than a page tells that there is another.
    if (first.length > limit) continue
    if (begins(sought)) {
      if (order > after) first.push(member)
    } else if (behind + order > after && then.length <= limit) then.push(member)
  }
  const rest = [...first, ...then]
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const isLast = last === undefined || rest.length <= limit
  const place = last && (begins(last.sought) ? 0 : behind) + last.order
  return { members: page, total, next: isLast ? undefined : place }
}

/** Whether names are found by a query. */
export function isNamed(query: string): (name: string) => boolean {
  if (!couldBeInName(query)) return () => false
  const wanted = fold(query.trim())
  return (name) => fold(name).includes(wanted)
}

/** A name, how it is looked for and what it looks like: folding thousands for each letter that somebody types would cost too much. */
export function named(name: string): Pick<Member, "name" | "folded" | "sought" | "looks"> {
  const folded = foldCase(name)
  const sought = fold(name)
  return { name, folded, sought: sought === folded ? folded : sought, looks: looksOf(name) }
}

/** Case-folded, also where one letter becomes two: by way of capitals. */
export function foldCase(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase()
}

/** As somebody types a name who has no accents at hand. */
function fold(text: string): string {
  return foldCase(text.normalize("NFKD").replace(/\p{M}/gu, ""))
}

function beginsWith(wanted: string): (sought: string) => boolean {
  const word = ` ${wanted}`
  return (sought) => sought.startsWith(wanted) || sought.includes(word)
}
