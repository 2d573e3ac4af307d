import type { Html } from "./html.ts"

/**
 * Bytes of HTML that each part of a page may take, so that a page takes 200,000 at most, whatever is said in it and
 * however people are called. What is left out is a list's "more", or earlier in a conversation.
 */
export const room = {
  lines: 60_000,
  conversations: 42_000,
  people: 26_000,
  found: 60_000,
  blocked: 6_000,
} as const

export function bytesOf({ text }: Html): number {
  return Buffer.byteLength(text)
}

/** The first of the rows, as many as fit, and one in any case. */
export function fitting(rows: readonly Html[], bytes: number): readonly Html[] {
  let left = bytes
  const count = rows.findIndex((row, i) => {
    left -= bytesOf(row)
    return left < 0 && i > 0
  })
  return count === -1 ? rows : rows.slice(0, count)
}
