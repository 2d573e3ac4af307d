/** White space that is visible as a gap, so without the byte order mark, which is white space to JavaScript. */
const whiteSpace = /[^\S\uFEFF]+/gu

/** Emoji that compatibility normalisation turns into letters, like ™️ and Ⓜ️, with their variation selector. */
const emojiOfLetters = /(\p{Emoji})\uFE0F/gu

/** The rules are applied until nothing changes; by RFC 8264 that takes three rounds at most. */
const maxRounds = 4

/** A name as it is shown: RFC 8266 with compatibility normalisation; tabs and line ends become spaces. */
export function preparedNickname(text: string): string {
  return untilStable(text, (each) =>
    each
      .replace(emojiOfLetters, plainLetters)
      .normalize("NFKC")
      .replace(whiteSpace, " ")
      .replace(/^ | $/g, ""),
  )
}

/** A name as it is compared: RFC 8266, in lower case. */
export function comparedNickname(text: string): string {
  return untilStable(text, (each) => preparedNickname(each.toLowerCase()))
}

function untilStable(text: string, apply: (text: string) => string): string {
  let before = text
  for (let round = 0; round < maxRounds; round++) {
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
