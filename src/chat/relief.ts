import type { Member } from "./member.ts"

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
 * the largest journals of all others halve, and again at the next call.
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
  const others = [...everyone()].filter(
    (member) => !ended.has(member) && member.account.journal >= 2 * leastShed,
  )
  const shedding: { member: Member; bytes: number }[] = []
  for (const member of others.sort((a, b) => b.account.journal - a.account.journal)) {
    if (missing <= 0) break
    const bytes = Math.ceil(member.account.journal / 2)
    shedding.push({ member, bytes })
    missing -= bytes
  }
  return { ending, shedding }
}
