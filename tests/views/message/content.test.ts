import { expect, test } from "bun:test"
import fc from "fast-check"
import { html } from "../../../views/html.ts"
import { partsOf } from "../../../views/message/code.ts"
import { content } from "../../../views/message/content.ts"

function shown(text: string): string {
  return String(html`${content(text)}`)
}

function parts(text: string): string[] {
  return partsOf(text).map(({ type, text }) => `${type}:${text}`)
}

function addresses(text: string): string[] {
  return [...shown(text).matchAll(/href="([^"]*)"/gu)].map((match) => match[1] ?? "")
}

test("a web address in a message becomes a link that is opened apart and told no referrer", () => {
  expect(shown("see https://example.org/a?b=1&c=2 now")).toBe(
    `see <a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">https://example.org/a?b=1&amp;c=2</a> now`,
  )
})

test("the full stop that ends a sentence is no part of an address", () => {
  expect(addresses("Look at https://example.org/a. Or (http://example.org/b), or not")).toEqual([
    "https://example.org/a",
    "http://example.org/b",
  ])
})

test("a bracket that an address opened stays in it", () => {
  expect(addresses("https://example.org/wiki/Duet_(music)")).toEqual([
    "https://example.org/wiki/Duet_(music)",
  ])
})

test("a scheme that could run or read something is left as text", () => {
  expect(addresses("javascript:alert(1) data:text/html,x file:///etc/passwd HTTPS://example.org")).toEqual([
    "HTTPS://example.org",
  ])
})

test("white space and line breaks are kept as they were written", () => {
  expect(shown("a\n  b\t c")).toBe("a\n  b\t c")
})

test("backticks make code in a line, and only code: no other mark means anything", () => {
  expect(shown("try `a < b` or ``x ` y`` *now*")).toBe(
    'try <code dir="ltr" data-before="`" data-after="`">a &lt; b</code> or <code dir="ltr" data-before="``" data-after="``">x ` y</code> *now*',
  )
})

test("backticks without a partner in their line, or with nothing between them, stay as they are", () => {
  for (const text of ["it`s", "a ` b\nc ` d", "`` ` ```", "` `"]) expect(shown(text)).toBe(text)
})

test("a fence around lines makes a block of them, whose language word is not shown", () => {
  expect(parts("Look:\n```ts\nlet a = `b`\n\nhttps://example.org\n```\nNice")).toEqual([
    "prose:Look:",
    "block:let a = `b`\n\nhttps://example.org",
    "prose:Nice",
  ])
  expect(shown("```\ncode\n```")).toContain(`aria-label="Copy code"`)
})

test("a fence that is not closed, or holds nothing, makes no block", () => {
  for (const text of ["```\nnever closed", "```\n```", "```\n\n```", "text ```\ncode\n```"])
    expect(partsOf(text).map(({ type }) => type)).not.toContain("block")
})

test("an address in code is no link", () => {
  expect(addresses("`https://example.org/a` https://example.org/b")).toEqual(["https://example.org/b"])
})

/** Full of what could be taken for marks, tags or addresses. */
const tricky = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "`",
        "``",
        "```",
        "\n",
        "\n```\n",
        "```ts\n",
        "<b>",
        "&",
        '"',
        "'",
        "https://a.b/",
        "http://a.b@c.d/",
        "\u202e",
        "\x07",
        "(",
        ")",
        " ",
        "\t",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(""))

test("whatever is said: the marks are kept beside what is shown, and both together are what was said", () => {
  fc.assert(
    fc.property(tricky, (text) => {
      const again = partsOf(text).map((part) =>
        part.type === "prose" ? part.text : part.before + part.text + part.after,
      )
      expect(again.join("")).toBe(text)
    }),
  )
})

test("whatever is said: it is shown in full but for the marks, in no tags but ours, with nothing unescaped", () => {
  fc.assert(
    fc.property(tricky, (text) => {
      const tag = / ?<\/?(?:a|code|pre|span|button|svg|path)(?: [a-z-]+="[^"<>]*")*\/?>/gu
      const bare = shown(text)
        .replaceAll(/<button.*?<\/button>/gu, "")
        .replaceAll(tag, (found) => (found.startsWith(" ") ? " " : ""))
      expect(bare).toBe(
        Bun.escapeHTML(
          partsOf(text)
            .map((part) => part.text)
            .join(""),
        ),
      )
    }),
  )
})

test("marks without end are read in time that grows with their length alone", () => {
  const many = 200_000
  for (const text of [
    "`".repeat(many),
    "` ``".repeat(many / 4),
    "```\n".repeat(many / 4),
    "[(".repeat(many / 2),
    "https://".repeat(many / 8),
    Array.from({ length: 600 }, (_, i) => "`".repeat(i)).join(" "),
  ])
    expect(String(html`${content(text)}`).length).toBeGreaterThanOrEqual(text.length / 2)
})
