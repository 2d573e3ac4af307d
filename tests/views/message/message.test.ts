import { expect, test } from "bun:test"
import type { Html } from "../../../views/html.ts"
import { message, pendingMessage } from "../../../views/message/message.ts"
import { initials } from "../../../views/sidebar/identity.ts"
import { line } from "../samples.ts"

/** The elements, and the classes that give them their look, in the order in which they stand. */
function shape(part: Html): string[] {
  const found: string[] = []
  const rewriter = new HTMLRewriter().on("*", {
    element(element) {
      const classes = element.getAttribute("class")
      found.push(classes === null ? element.tagName : `${element.tagName}.${classes.replace(" pending", "")}`)
    },
  })
  rewriter.transform(String(part))
  return found
}

test("the bubble that the page draws has the shape of the one that the server sends", () => {
  const sent = shape(message(line(true, "Hello", { replyTo: "m0" })))
  const drawn = shape(pendingMessage())
  const trouble = ["span.trouble", "span.reason", "button.again"]
  expect(drawn.filter((part) => !trouble.includes(part))).toEqual(sent)
  expect(drawn.filter((part) => trouble.includes(part))).toEqual(trouble)
})

test("the words of a bubble that waits are told from those that were said, which a program may count", () => {
  expect(String(pendingMessage())).toContain('class="words pending"')
})

test("a message carries what the page needs to find it", () => {
  const text = String(message(line(true, "Hello", { id: "m1", clientId: "c1", seq: 3, at: 5 })))
  expect(text).toContain(`id="m-m1" data-seq="3" data-at="5" data-client-id="c1" data-progress="accepted"`)
  expect(text).toContain(`data-own="true"`)
  expect(String(message(line(false, "Hello")))).not.toContain("data-own")
})

test("an own message says in words how far it has come; the other's says nothing of it", () => {
  const shown = (progress: "accepted" | "delivered" | "seen") =>
    String(message(line(true, "Hello", { progress })))
  expect(shown("accepted")).toContain(`aria-label="Sent"`)
  expect(shown("delivered")).toContain(`aria-label="Delivered"`)
  expect(shown("seen")).toContain(`aria-label="Seen"`)
  expect(String(pendingMessage())).toContain(`aria-label="Waiting to be sent"`)
  expect(String(message(line(false, "Hello")))).not.toContain("tick")
})

test("an undelivered message says why and offers to be said again, after a reload too", () => {
  const text = String(message(line(true, "Hello", { id: "m1", undelivered: "left" })))
  expect(text).toContain(`id="u-m1">Not delivered: they had left.`)
  expect(text).toContain(">Say it again</button>")
})

test("nothing of a message that was taken back is left, nor anything to do with it", () => {
  const text = String(message(line(true, "secret", { unsent: true, replyTo: "m0" })))
  expect(text).toContain("Message unsent")
  expect(text).not.toContain("secret")
  expect(shape(message(line(true, "secret", { unsent: true })))).not.toContain("button.more")
})

test("a reaction says whose it is, and two alike are one that counts two", () => {
  const reactions = [
    { emoji: "👍", mine: true, theirs: true },
    { emoji: "🎉", mine: false, theirs: true },
  ]
  const text = String(message(line(true, "Hello", { reactions })))
  expect(text).toContain(`aria-pressed="true" aria-label="👍 from you both"`)
  expect(text).toContain(`aria-pressed="false" aria-label="🎉 from them"`)
  expect(text.match(/data-from="you both"/gu)).toHaveLength(1)
})

test("initials of a name that is one long tower are its first letter alone", () => {
  expect(initials("ᄀ".repeat(500))).toBe("ᄀ")
})

test("initials are whole graphemes of the first and the last word", () => {
  expect(
    ["Quiet Otter", "alma", "母さん", "👩‍👩‍👧 of Three", "  ", "Ana María de la Cruz"].map(initials),
  ).toEqual(["QO", "A", "母", "👩‍👩‍👧T", "", "AC"])
})
