import { expect, test } from "bun:test"
import { html } from "../../../views/html.ts"
import { content } from "../../../views/message/content.ts"
import { message } from "../../../views/message/message.ts"
import { inWords } from "../../../views/message/unseen.ts"
import { conversationList } from "../../../views/sidebar/conversation-list.ts"
import { alma, line } from "../samples.ts"

const shown = (text: string) => String(html`${content(text)}`)
const isMarked = (text: string) => String(message(line(false, text))).includes("data-unseen")

test("NUL and other control characters have a sign each, and stay as they are behind it (C53)", () => {
  expect(shown("a\0b")).toBe('a<span class="sign" data-sign="NUL" data-nul="1"></span>b')
  expect(shown("\0\0\x1b[31m")).toBe(
    '<span class="sign" data-sign="NUL NUL" data-nul="2"></span><span class="sign" data-sign="ESC">\x1b</span>[31m',
  )
  expect(shown("\x7f\x85")).toBe('<span class="sign" data-sign="DEL U+0085">\x7f\x85</span>')
  expect(shown("`a\0`")).toContain('data-sign="NUL"')
})

test("tabs, line breaks and joiners need no sign", () => {
  for (const text of ["a\n\tb\r\nc", "می\u200cخواهم", "👩‍👩‍👧", "a\u200bb"]) expect(shown(text)).toBe(text)
})

test("a long run of control characters is shown in short, and only so many runs are shown", () => {
  expect(shown("\0".repeat(4000))).toContain(`data-sign="${"NUL ".repeat(16)}…" data-nul="4000"`)
  expect(shown("a\0".repeat(2000)).match(/data-sign/gu)).toHaveLength(100)
})

test("a direction mark behind an address is shown there, and turns nothing (C53)", () => {
  expect(shown("https://example.com/about\u202Egpj.exe")).toEndWith(
    '</a><span class="sign" data-sign="U+202E">\u202E</span>gpj.exe',
  )
  expect(shown("https://example.com/a\u200b\u2066b")).toContain('data-sign="U+200B U+2066"')
  expect(shown("https://example.com/a\u200bb")).not.toContain("data-sign")
})

test("the host that an address hides stands behind it, and the address stays as it was written", () => {
  expect(shown("http://bank.example@evil.example/x")).toBe(
    '<a href="http://bank.example@evil.example/x" target="_blank" rel="noopener noreferrer nofollow" data-host="evil.example">http://bank.example@evil.example/x</a>',
  )
})

test("a message of which nothing can be seen is marked, whatever it is made of (C53)", () => {
  for (const text of [
    "\u200b",
    "\u202e \u2066",
    "\u3164",
    "\u2800\n\u2800",
    "\u{e0061}\u{e007f}",
    "\ufe0f",
    "\u115f\u1160",
    "\u00ad",
    "\ufeff",
    "\u2062",
    "\u034f",
    "\u{1d159}",
    "\u061c",
    "\u{1d173}",
  ])
    expect([text, isMarked(text)]).toEqual([text, true])
  for (const text of ["a\u200b", "\0", "\u200b\x07", "`\u200b`", "👍", "\u0301", "\u200f.", "\ufffd"])
    expect([text, isMarked(text)]).toEqual([text, false])
})

test("lists and quotes say so too", () => {
  expect([inWords("\u200b\u200b"), inWords("a\0\x85\n b")]).toEqual(["Invisible text", "a[NUL][U+0085] b"])
  const last = { content: "\u3164", at: 0, own: false, unsent: false }
  expect(String(conversationList([{ peer: alma, last, unread: 1 }]))).toContain(">Invisible text<")
  expect(String(message(line(true, "what?", { replyTo: "x", answered: "\u2800" })))).toContain(
    ">Invisible text<",
  )
})
