import { expect, test } from "bun:test"
import { joinPage } from "../../views/door/join.ts"
import { chatPage } from "../../views/shell/chat.ts"
import { alma, assets, chat, line, person } from "./samples.ts"

/** No word of the page holds it. */
const NAME = "Zebrafink"
const zebra = person("2eb0", NAME)

/** The texts that hold the name, but for those that a browser's translation leaves alone. */
function translatable(page: string): string[] {
  const found: string[] = []
  let kept = 0
  const rewriter = new HTMLRewriter().on("body *", {
    element(element) {
      if (element.getAttribute("translate") !== "no" || !element.canHaveContent) return
      kept++
      element.onEndTag(() => {
        kept--
      })
    },
    text({ text }) {
      if (kept === 0 && text.includes(NAME)) found.push(text)
    },
  })
  rewriter.transform(page)
  return found
}

test("no name is translated, wherever the page shows one (C54)", () => {
  const last = { content: "Hello", at: 0, own: false, unsent: false }
  for (const status of ["online", "offline", "gone"] as const)
    for (const blocked of [false, true]) {
      const peer = { ...zebra, status }
      const screen = chat({
        me: zebra,
        conversations: [{ peer, last, unread: 1 }],
        online: { people: [zebra, alma], total: 2 },
        blocked: [peer],
        found: { query: NAME, total: 0, talks: [], people: [] },
        open: { peer, lines: [line(true, "Hi")], truncated: false, earlier: false, blocked },
      })
      const page = String(chatPage(screen, assets))
      expect(page).toContain(`>${NAME}</bdi>`)
      expect(translatable(page)).toEqual([])
      for (const [field] of page.matchAll(new RegExp(`<[^>]* placeholder="[^"]*${NAME}[^>]*>`, "gu")))
        expect(field).toContain(' translate="no"')
    }
  const join = joinPage(
    { online: { people: [zebra], total: 1 }, identities: [zebra], isStray: false },
    assets,
  )
  expect(translatable(String(join))).toEqual([])
})
