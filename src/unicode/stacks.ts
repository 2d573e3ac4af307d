/** UTS 39, 5.4: no spelling needs more than four nonspacing marks in a row, or the same mark twice. */
const stackedMarks = /[\p{Mn}\p{Me}]{5}|([\p{Mn}\p{Me}])\1/u

/** Enough for a consonant cluster of Sanskrit: five letters with viramas between them and marks after them. */
const codePointsOfCharacter = 12

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** Whether marks are stacked, or a character has more code points than any script needs. */
export function isStacked(text: string): boolean {
  if (stackedMarks.test(text.normalize("NFD"))) return true
  for (const { segment } of graphemes.segment(text))
    if (segment.length > codePointsOfCharacter && countCodePoints(segment) > codePointsOfCharacter)
      return true
  return false
}

/** Counts characters as a reader does. */
export function countGraphemes(text: string): number {
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

export function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
