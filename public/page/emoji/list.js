/** The emoji there are, fetched once when first asked for, and found by words. */

/** How many a search answers with: more would bury the one that was meant. */
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

/** All whose name or other words begin with each of the words of `query`: by name first, each in its usual order. */
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

/** Everybody in an emoji, but not the handshake that joins two of them. */
const BODIES = /((?!(?<=\u200D)🤝)\p{Emoji_Modifier_Base})\uFE0F?/gu

/** An emoji in a skin tone, where it takes one; `tone` is a modifier or empty. */
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

/** 0 for the name's own beginning, then for a word of the name, then for any other word. */
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
