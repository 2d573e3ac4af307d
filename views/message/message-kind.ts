/** How a message stands by what it says; `public/page/composer/outbox.js` judges what waits to be sent alike. */

const FEW_EMOJI = /^\s*(?:\p{RGI_Emoji}\s*){1,3}$/v
/** UTF-16 units: three of the longest emoji there are, and white space. */
const SHORT = 120

/** White space, and what draws nothing by itself: joiners, direction marks, fillers, tags, the blank of Braille. */
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u{16fe4}\u{1d159}]+$/v

/** More than what is read at a glance: folded until it is asked for. */
const LONG_CHARACTERS = 1200
const LONG_LINES = 12

/** One to three emoji and nothing else: shown large. */
export function isFewEmoji(text: string): boolean {
  return text.length <= SHORT && FEW_EMOJI.test(text)
}

/** Nothing of it can be seen: the page says so in its place. */
export function isUnseen(text: string): boolean {
  return UNSEEN.test(text)
}

export function isLong(text: string): boolean {
  return text.length > LONG_CHARACTERS || text.split("\n", LONG_LINES + 1).length > LONG_LINES
}
