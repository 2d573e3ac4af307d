/** Messages of one sender that follow each other, by the first and the last of their ids, which ascend. */
export interface MessageRange {
  readonly first: string
  readonly last: string
}

/** Ascending, none within another. */
export type MessageRanges = readonly MessageRange[]

export function isWithin(runs: MessageRanges | undefined, messageId: string): boolean {
  return runs?.some(({ first, last }) => messageId >= first && messageId <= last) ?? false
}
