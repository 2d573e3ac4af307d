import { expect, test } from "bun:test"
import fc from "fast-check"
import { isFewEmoji, isLong, isUnseen } from "../../../views/message/message-kind.ts"
import { stage } from "../stage.ts"

const scene = stage()

test("the page judges what waits to be sent as the server judges what was said", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const pieces = fc.constantFrom(
    ...["🎉", "\u200b", "\u3164", "\0", "👩‍👩‍👧", "❤️", " ", "a", "\n", "1️⃣", "x".repeat(300)],
  )
  const texts = fc.sample(fc.array(pieces, { maxLength: 16 }), 500).map((some) => some.join(""))
  const onPage = await alma.page.evaluate(`(async () => {
    const lists = document.querySelector("script[src$='/sidebar/lists.js']").src
    const { isFewEmoji, isLong, isUnseen } = await import(new URL("../composer/outbox.js", lists))
    return ${JSON.stringify(texts)}.map((text) => [isFewEmoji(text), isLong(text), isUnseen(text)])
  })()`)
  expect(onPage).toEqual(texts.map((text) => [isFewEmoji(text), isLong(text), isUnseen(text)]))
})
