import { expect, test } from "bun:test"
import fc from "fast-check"
import { isFewEmoji, isLong, isUnseen } from "../../../views/message/message-kind.ts"

const onPage: typeof import("../../../views/message/message-kind.ts") = await import(
  String(new URL("../../../public/page/message/message-kind.js", import.meta.url))
)

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

test("the page judges what waits to be sent as the server judges what was said", () => {
  const words = fc.array(
    fc.constantFrom("🎉", "\u200b", "\u3164", "\0", "👩‍👩‍👧", "❤️", " ", "a", "\n", "1️⃣", "x".repeat(300)),
    {
      maxLength: 16,
    },
  )
  fc.assert(
    fc.property(words, (pieces) => {
      const text = pieces.join("")
      expect([onPage.isFewEmoji(text), onPage.isLong(text), onPage.isUnseen(text)]).toEqual([
        isFewEmoji(text),
        isLong(text),
        isUnseen(text),
      ])
    }),
  )
})
