/** How much of a message's length is left, and what is said of it. Characters are code points, as the server counts. */

/** From here on the reader is told: a tenth of the limit, at most 200. */
function nearOf(limit) {
  return Math.min(200, Math.ceil(limit / 10))
}

/** How many characters `text` is short of `limit`; negative beyond it. */
export function leftOf(text, limit) {
  // Nearly all that is written is far below: there is nothing to count.
  return text.length <= limit / 2 ? limit - text.length : limit - [...text].length
}

/** What stands beside the words, or nothing while there is room; less than nothing once they are too many. */
export function countdown(left, limit) {
  if (left > nearOf(limit)) return ""
  return left < 0 ? `−${number(-left)}` : number(left)
}

/** What is said aloud: it changes with the stretch alone, not with each key. */
export function stretch(left, limit) {
  if (left < 0) return "Too long."
  if (left > nearOf(limit)) return ""
  return `Fewer than ${number(nearOf(limit) + 1)} characters left.`
}

export function tooLong(left) {
  const excess = -left
  return `Too long by ${number(excess)} ${excess === 1 ? "character" : "characters"}. Shorten it or send it in parts.`
}

function number(count) {
  return count.toLocaleString("en")
}
