import type { LocalSession } from "../presence/sessions/local-post.ts"

/** A session that lets go of less than this is not asked to. */
const leastShed = 4096

export interface Relief {
  /** Their windows are over. */
  readonly ending: readonly LocalSession[]
  /** Their journals let go of so many bytes. */
  readonly shedding: readonly { readonly session: LocalSession; readonly bytes: number }[]
}

/**
 * Whose memory frees `goal` bytes: first of those `waiting` without a socket, in their order; when that is not enough,
 * the largest journals of all others halve, and again at the next call: those that hold at least half of what the largest
 * holds.
 */
export function relief(
  goal: number,
  waiting: Iterable<LocalSession>,
  everyone: () => Iterable<LocalSession>,
): Relief {
  const ending: LocalSession[] = []
  let missing = goal
  for (const session of waiting) {
    if (missing <= 0) break
    ending.push(session)
    missing -= session.account.bytes
  }
  if (missing <= 0) return { ending, shedding: [] }
  const ended = new Set(ending)
  let largest = 0
  for (const session of everyone())
    if (!ended.has(session)) largest = Math.max(largest, session.account.journal)
  const shedding: { session: LocalSession; bytes: number }[] = []
  for (const session of everyone()) {
    if (missing <= 0) break
    const { journal } = session.account
    if (ended.has(session) || journal < Math.max(largest / 2, 2 * leastShed)) continue
    const bytes = Math.ceil(journal / 2)
    shedding.push({ session, bytes })
    missing -= bytes
  }
  return { ending, shedding }
}
