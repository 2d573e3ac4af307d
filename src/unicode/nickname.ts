/** All that a reader sees as a gap; the byte order mark, white space to JavaScript, is invisible. */
const whiteSpace = /[^\S\uFEFF]+/gu

/** Emoji that are letters to compatibility, as ™️ and Ⓜ️: what asks for their colours goes with them. */
const emojiOfLetters = /(\p{Emoji})\uFE0F/gu

/** The rules are applied until they change nothing: RFC 8264 says within three times. */
const roundsAtMost = 4

/** A name as it is shown: RFC 8266 with compatibility normalisation, and tabs and ends of lines for spaces. */
export function preparedNickname(text: string): string {
  return untilStable(text, (each) =>
    each
      .replace(emojiOfLetters, plainLetters)
      .normalize("NFKC")
      .replace(whiteSpace, " ")
      .replace(/^ | $/g, ""),
  )
}

/** A name as it is compared: RFC 8266, in no case. */
export function comparedNickname(text: string): string {
  return untilStable(text, (each) => preparedNickname(each.toLowerCase()))
}

function untilStable(text: string, apply: (text: string) => string): string {
  let before = text
  for (let round = 0; round < roundsAtMost; round++) {
    const after = apply(before)
    if (after === before) break
    before = after
  }
  return before
}

function plainLetters(coloured: string, emoji: string): string {
  const plain = emoji.normalize("NFKC")
  return plain === emoji ? coloured : plain
}
