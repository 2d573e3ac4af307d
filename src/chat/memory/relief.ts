import type { Member } from "../presence/member.ts"

/** A session that lets go of less than this is not asked to. */
const leastShed = 4096

export interface Relief {
  /** Their windows are over. */
  readonly ending: readonly Member[]
  /** Their journals let go of so many bytes. */
  readonly shedding: readonly { readonly member: Member; readonly bytes: number }[]
}

/**
 * Whose memory frees `goal` bytes: first of those `waiting` without a socket, in their order; when that is not enough,
 * the largest journals of all others halve, and again at the next call: those that hold at least half of what the largest
 * holds.
 */
export function relief(goal: number, waiting: Iterable<Member>, everyone: () => Iterable<Member>): Relief {
  const ending: Member[] = []
  let missing = goal
  for (const member of waiting) {
    if (missing <= 0) break
    ending.push(member)
    missing -= member.account.bytes
  }
  if (missing <= 0) return { ending, shedding: [] }
  const ended = new Set(ending)
  let largest = 0
  for (const member of everyone()) if (!ended.has(member)) largest = Math.max(largest, member.account.journal)
  const shedding: { member: Member; bytes: number }[] = []
  for (const member of everyone()) {
    if (missing <= 0) break
    const { journal } = member.account
    if (ended.has(member) || journal < Math.max(largest / 2, 2 * leastShed)) continue
    const bytes = Math.ceil(journal / 2)
    shedding.push({ member, bytes })
    missing -= bytes
  }
  return { ending, shedding }
}
