/** All emoji, fetched once at their first use, and a search by words. */

/** The most that a search returns. */
const FOUND = 80

let fetched

/** Pages of `{ name, emoji: [{ emoji, name, words, toned }] }`, as the picker shows them. */
export function emojiPages() {
  fetched ??= load().catch((error) => {
    fetched = undefined
    throw error
  })
  return fetched
}

/** All whose name or keywords match each word of `query` at the beginning of a word: matches of the name come first. */
export function findEmoji(pages, query) {
  const terms = query.toLowerCase().split(/\s+/u).filter(Boolean)
  if (terms.length === 0) return []
  const all = pages.flatMap((page) => page.emoji)
  const ranked = all.map((entry) => [rank(entry, terms), entry]).filter(([place]) => place < NOWHERE)
  return ranked
    .sort(([one], [other]) => one - other)
    .slice(0, FOUND)
    .map(([, entry]) => entry)
}

/** Every person or hand in an emoji, except the handshake between two people. */
const BODIES = /((?!(?<=\u200D)🤝)\p{Emoji_Modifier_Base})\uFE0F?/gu

/** An emoji in a skin tone, if it has skin tones; `tone` is a modifier or empty. */
export function toned({ emoji, toned }, tone) {
  return toned && tone ? emoji.replace(BODIES, `$1${tone}`) : emoji
}

async function load() {
  const response = await fetch(new URL("../../built/emoji.json", import.meta.url))
  if (!response.ok) throw new Error(`The emoji came with ${response.status}`)
  return pagesOf(await response.json())
}

function pagesOf(kinds) {
  return kinds.map(([name, rows]) => ({
    name,
    emoji: rows.map(([emoji, name, words, toned]) => ({ emoji, name, words, toned: toned === 1 })),
  }))
}

const NOWHERE = 4

/** 0 for the beginning of the name, then a word in the name, a whole keyword, and the beginning of a keyword. */
function rank({ emoji, name, words }, terms) {
  const places = terms.map((term) => {
    if (emoji === term || name.toLowerCase().startsWith(term)) return 0
    if (begins(name, term)) return 1
    if (` ${words} `.includes(` ${term} `)) return 2
    return begins(words, term) ? 3 : NOWHERE
  })
  return Math.max(...places)
}

function begins(words, term) {
  return ` ${words.toLowerCase()}`.includes(` ${term}`)
}
