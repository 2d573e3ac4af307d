import type { Talk } from "./delivery/conversation.ts"

/** Takes a list of conversations from how it was to how it is: first without those that are gone, then row by row. */
export interface ListChange {
  /** Ids of the peers. */
  readonly gone: readonly string[]
  readonly rows: readonly ChangedRow[]
}

/** A row that is new, reads otherwise, or stands elsewhere. */
export interface ChangedRow {
  readonly talk: Talk
  /** The peer whose row stands right above; nothing at the top. */
  readonly above: string | undefined
}

/** The rows to be shown anew, from the top; nothing when no row is. A row that rises or falls moves alone. */
export function listChange(before: readonly Talk[], after: readonly Talk[]): ListChange | undefined {
  const old = new Map(before.map((talk) => [talk.peer.id, talk]))
  const places = new Map(after.map(({ peer }, place) => [peer.id, place]))
  const gone = before.flatMap(({ peer: { id } }) => (places.has(id) ? [] : [id]))
  const left = before.flatMap(({ peer: { id } }) => places.get(id) ?? [])
  const rows: ChangedRow[] = []
  const risen = new Set<number>()
  let at = 0
  for (const [place, talk] of after.entries()) {
    while (risen.has(left[at] ?? -1)) at++
    // A row here that goes down by more than one makes way; the loop meets it again at its new place.
    if ((left[at] ?? place) > place + 1 && left[at + 1] === place) at++
    const stays = left[at] === place
    if (stays) at++
    else risen.add(place)
    const known = old.get(talk.peer.id)
    if (!stays || known === undefined || !readsAlike(known, talk)) {
      rows.push({ talk, above: after[place - 1]?.peer.id })
    }
  }
  return gone.length + rows.length > 0 ? { gone, rows } : undefined
}

function readsAlike(a: Talk, b: Talk): boolean {
  const { name, online, away, gone, double } = a.peer
  return (
    a.last?.message === b.last?.message &&
    a.unread === b.unread &&
    name === b.peer.name &&
    online === b.peer.online &&
    away === b.peer.away &&
    gone === b.peer.gone &&
    double === b.peer.double
  )
}
