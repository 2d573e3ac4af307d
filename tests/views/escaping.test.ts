import { expect, test } from "bun:test"
import { joinPage } from "../../views/door/join.ts"
import { chatPage } from "../../views/shell/chat.ts"
import { errorPage } from "../../views/shell/error-page.ts"
import {
  conversationsChanged,
  messageArrived,
  messageReactions,
  messageUndelivered,
  peerChanged,
  peopleChanged,
} from "../../views/shell/fragments.ts"
import { alma, assets, chat, hostile, line, person } from "./samples.ts"

const villain = person("bad1", hostile, "offline")
const open = {
  peer: villain,
  lines: [line(true, hostile), line(false, hostile)],
  truncated: false,
  blocked: true,
}
const talked = { peer: villain, last: { content: hostile, at: 0, own: true, unsent: false }, unread: 0 }
const online = { people: [villain], total: 1 }

const screens = {
  "the chat": chatPage(chat({ me: villain, open, conversations: [talked], online }), assets),
  "the join page": joinPage(
    { online, identities: [villain], refused: { name: hostile, reason: hostile } },
    assets,
  ),
  "an error page": errorPage({ status: 404, title: hostile, message: hostile }, assets),
  "a message": messageArrived(villain.id, line(false, hostile, { clientId: hostile, replyTo: hostile })),
  "the people": peopleChanged(online),
  "the conversations": conversationsChanged([talked]),
  "a peer's state": peerChanged(villain),
  "a message's reactions": messageReactions("1", [{ emoji: hostile, mine: true, theirs: false }]),
}

for (const [name, screen] of Object.entries(screens)) {
  test(`${name} shows a hostile name or message as text and never as markup`, () => {
    expect(String(screen)).not.toContain("<img")
    expect(String(screen)).not.toContain("<script>")
    expect(String(screen)).toContain("&lt;img")
  })
}

test("a quote in a name does not end the attribute that holds it", () => {
  const names: string[] = []
  const rewriter = new HTMLRewriter().on("textarea[placeholder]", {
    element(box) {
      names.push(box.getAttribute("placeholder") ?? "")
      expect(box.getAttribute("onerror")).toBeNull()
    },
  })
  rewriter.transform(String(screens["the chat"]))
  expect(names).toEqual([`Message ${Bun.escapeHTML(hostile)}`])
})

test("no page has an inline script, an inline style or a handler attribute", () => {
  const pages = [screens["the chat"], screens["the join page"], screens["an error page"]]
  const found: string[] = []
  const rewriter = new HTMLRewriter().on("*", {
    element(element) {
      if (element.tagName === "style") found.push("style")
      if (element.tagName === "script" && !element.hasAttribute("src")) found.push("script")
      for (const [name] of element.attributes) if (/^on|^style$/u.test(name)) found.push(name)
    },
  })
  for (const page of pages) rewriter.transform(String(page))
  expect(found).toEqual([])
})

test("a fragment's HTML tag of htmx's own cannot be smuggled in by a message", () => {
  const text = String(messageArrived(alma.id, line(false, `</hx-partial><hx-partial hx-target="body">`)))
  expect(text.match(/<hx-partial/gu)).toHaveLength(1)
  expect(text.match(/<\/hx-partial/gu)).toHaveLength(1)
})

test("an undelivered message says why", () => {
  expect(String(messageUndelivered("1", "left"))).toContain("they had left")
  expect(String(messageUndelivered("1", "overflow"))).toContain("too much was waiting")
})
