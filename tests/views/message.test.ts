import { expect, test } from "bun:test"
import type { Html } from "../../views/html.ts"
import { initials } from "../../views/identity.ts"
import { message, pendingMessage } from "../../views/message.ts"
import { line } from "./samples.ts"

/** The elements, and the classes that give them their look, in the order in which they stand. */
function shape(part: Html): string[] {
  const found: string[] = []
  const rewriter = new HTMLRewriter().on("*", {
    element(element) {
      const classes = element.getAttribute("class")
      found.push(classes === null ? element.tagName : `${element.tagName}.${classes}`)
    },
  })
  rewriter.transform(String(part))
  return found
}

test("the bubble that the page draws has the shape of the one that the server sends", () => {
  const sent = shape(message(line(true, "Hello")))
  const drawn = shape(pendingMessage())
  expect(drawn.slice(0, sent.length)).toEqual(sent)
  expect(drawn.slice(sent.length)).toEqual([
    "span.sending sr-only",
    "span.trouble",
    "span.reason",
    "button.again",
  ])
})

test("a message carries what the page needs to find it", () => {
  const text = String(message(line(true, "Hello", { id: "m1", clientId: "c1", at: 5 })))
  expect(text).toContain(`id="m-m1" data-at="5" data-client-id="c1"`)
  expect(text).toContain(`data-own="true"`)
  expect(String(message(line(false, "Hello")))).not.toContain("data-own")
})

test("an undelivered message says so after a reload too", () => {
  expect(String(message(line(true, "Hello", { id: "m1", undelivered: true })))).toContain(
    `id="u-m1">Not delivered.`,
  )
})

test("initials are whole graphemes of the first and the last word", () => {
  expect(
    ["Quiet Otter", "alma", "母さん", "👩‍👩‍👧 of Three", "  ", "Ana María de la Cruz"].map(initials),
  ).toEqual(["QO", "A", "母", "👩‍👩‍👧T", "", "AC"])
})
