import type { Html } from "../html.ts"

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

/** Draws the first of these, as many as fit, and one in any case; no more is drawn than is shown. */
export function fitting<T>(items: readonly T[], bytes: number, draw: (item: T, i: number) => Html): Html[] {
  const rows: Html[] = []
  let left = bytes
  for (const [i, item] of items.entries()) {
    const row = draw(item, i)
    left -= bytesOf(row)
    if (left < 0 && rows.length > 0) break
    rows.push(row)
  }
  return rows
}

function bytesOf({ text }: Html): number {
  return Buffer.byteLength(text)
}
