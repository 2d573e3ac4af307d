/** How a message stands by what it says: what `views/message/message-kind.ts` does for those that the server draws. */

const FEW_EMOJI = /^\s*(?:\p{RGI_Emoji}\s*){1,3}$/v
const SHORT = 120
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u{16fe4}\u{1d159}]+$/v
const LONG_CHARACTERS = 1200
const LONG_LINES = 12

export function isFewEmoji(text) {
  return text.length <= SHORT && FEW_EMOJI.test(text)
}

export function isUnseen(text) {
  return UNSEEN.test(text)
}

export function isLong(text) {
  return text.length > LONG_CHARACTERS || text.split("\n", LONG_LINES + 1).length > LONG_LINES
}
