import { expect, test } from "bun:test"
import { isFewEmoji, isLong } from "../../../views/message/message-kind.ts"

test("one to three emoji alone are few, however they are put together", () => {
  for (const text of ["🎉", "👍🏽", "👩‍👩‍👧", "🇩🇪 🇳🇿", "❤️", "1️⃣2️⃣3️⃣", " 😂😂😂\n"])
    expect(isFewEmoji(text)).toBe(true)
  for (const text of ["", " ", "🎉🎉🎉🎉", "🎉!", "1", "©", "a", "🎉 `🎉`"])
    expect(isFewEmoji(text)).toBe(false)
})

test("a message is long from its thirteenth line or its 1,201st character on", () => {
  expect([isLong("a".repeat(1200)), isLong("a".repeat(1201))]).toEqual([false, true])
  expect([isLong("a\n".repeat(11)), isLong("a\n".repeat(12))]).toEqual([false, true])
})
