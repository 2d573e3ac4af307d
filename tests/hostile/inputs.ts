/** The number of inputs by kind. */
export type Counts = Readonly<Record<string, number>>

export function sum(one: Counts, other: Counts): Counts {
  const both: Record<string, number> = { ...one }
  for (const [kind, count] of Object.entries(other)) both[kind] = (both[kind] ?? 0) + count
  return both
}

/** The number of fuzzed inputs, without connections, floods and slow readers. */
export function fuzzed(counts: Counts): number {
  return Object.entries(counts)
    .filter(([kind]) => /mutated|model/.test(kind))
    .reduce((all, [, count]) => all + count, 0)
}
