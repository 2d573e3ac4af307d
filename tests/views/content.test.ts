import { expect, test } from "bun:test"
import { content } from "../../views/content.ts"
import { html } from "../../views/html.ts"

function shown(text: string): string {
  return String(html`${content(text)}`)
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
