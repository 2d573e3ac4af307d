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

/** More than anybody's order can be: who merely holds the query comes after all who begin with it. */
const behind = 2 ** 40

/** Those whose name, or a word of it, begins with the query; then those whose name holds it; each as they came. */
export function searchPeople(members: Iterable<Member>, { query, limit, after, except }: Search): Found {
  const wanted = fold(query.trim())
  const first: Member[] = []
  const then: Member[] = []
  for (const member of members) {
    if (!member.online || except.has(member.id)) continue
    const name = foldedName(member)
    if (!name.includes(wanted)) continue
    if (beginsWith(name, wanted)) first.push(member)
    else then.push(member)
  }
  const rest = [
    ...first.filter(({ order }) => order > after),
    ...then.filter(({ order }) => behind + order > after),
  ]
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const isLast = last === undefined || rest.length <= limit
  const place = last && (beginsWith(foldedName(last), wanted) ? 0 : behind) + last.order
  return { members: page, total: first.length + then.length, next: isLast ? undefined : place }
}

/** Whether names are found by a query. */
export function isNamed(query: string): (name: string) => boolean {
  const wanted = fold(query.trim())
  return (name) => fold(name).includes(wanted)
}

/** Case-folded, also where one letter becomes two: by way of capitals. */
export function foldCase(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase()
}

/** As somebody types a name who has no accents at hand. */
function fold(text: string): string {
  return foldCase(text.normalize("NFKD").replace(/\p{M}/gu, ""))
}

function beginsWith(name: string, wanted: string): boolean {
  return name.startsWith(wanted) || name.includes(` ${wanted}`)
}

const folded = new WeakMap<Member, { readonly of: string; readonly name: string }>()

/** Folding thousands of names for each letter that somebody types would cost more than the search. */
function foldedName(member: Member): string {
  const known = folded.get(member)
  if (known?.of === member.name) return known.name
  const name = fold(member.name)
  folded.set(member, { of: member.name, name })
  return name
}
