import { expect, test } from "bun:test"
import emojiOfUnicode from "unicode-emoji-json/data-by-emoji.json" with { type: "json" }
import { isEmoji } from "../../src/unicode/emoji.ts"
import { offeredEmoji } from "../../views/message/reactions.ts"

test("whatever the page offers as an emoji is one (C60)", () => {
  const all = [...Object.keys(emojiOfUnicode), ...offeredEmoji]
  expect(all.length).toBeGreaterThan(1800)
  expect(all.filter((emoji) => !isEmoji(emoji))).toEqual([])
})

test("what is no single emoji is none (C60)", () => {
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
