import { expect, test } from "bun:test"
import emojiOfUnicode from "unicode-emoji-json/data-by-emoji.json" with { type: "json" }
import { isEmoji } from "../../src/unicode/emoji.ts"
import { offeredEmoji } from "../../views/message/reactions.ts"

test("every emoji that the page offers is an emoji of the standard (C60)", () => {
  const all = [...Object.keys(emojiOfUnicode), ...offeredEmoji]
  expect(all.length).toBeGreaterThan(1800)
  expect(all.filter((emoji) => !isEmoji(emoji))).toEqual([])
})

test("a text that is not exactly one emoji is not an emoji (C60)", () => {
  const none = [
    "",
    " ",
    "a",
    "1",
    "#",
    "👍👍",
    "👍 ",
    " 👍",
    "❤",
    "\u200D",
    "\uFE0F",
    "🇩",
    "👍\u200D👍",
    "pay me",
    "\u202E",
    "\0",
  ]
  expect(none.filter(isEmoji)).toEqual([])
})
