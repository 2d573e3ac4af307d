/** UTS 39, 5.4: more than four nonspacing marks in a row, or the same one twice, spell nothing. */
const stackedMarks = /[\p{Mn}\p{Me}]{5}|([\p{Mn}\p{Me}])\1/u

/** A consonant cluster of Sanskrit has five letters with viramas between them and marks after them. */
const codePointsOfCharacter = 12

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** Whether marks are stacked, or more is drawn into one character than any script spells. */
export function isStacked(text: string): boolean {
  if (stackedMarks.test(text.normalize("NFD"))) return true
  for (const { segment } of graphemes.segment(text))
    if (segment.length > codePointsOfCharacter && countCodePoints(segment) > codePointsOfCharacter)
      return true
  return false
}

/** What a reader would count as characters. */
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
