import { expect, test } from "bun:test"
import { joinPage } from "../../views/door/join.ts"
import { chatPage } from "../../views/shell/chat.ts"
import { peerChanged } from "../../views/shell/fragments.ts"
import { markOf } from "../../views/sidebar/identity.ts"
import { alma, assets, chat, line, person } from "./samples.ts"

test("a mark is the first 40 bits of the id, in eight characters that nobody mistakes for others (C59)", () => {
  expect(markOf("00000000-0000-8000-8000-000000000000")).toBe("0000-0000")
  expect(markOf("ffffffff-ff00-8000-8000-000000000000")).toBe("ZZZZ-ZZZZ")
  expect(markOf("01234567-89ab-8def-8000-000000000000")).toBe("04HM-ASW9")
  const marks = new Set<string>()
  for (let bit = 0; bit < 40; bit++) {
    const hex = (2n ** BigInt(bit)).toString(16).padStart(10, "0")
    marks.add(markOf(`${hex.slice(0, 8)}-${hex.slice(8)}00-8000-8000-000000000000`))
  }
  expect(marks.size).toBe(40)
  for (const mark of marks) expect(mark).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
})

test("a mark stands beside the name of somebody who has a double, wherever the page names them as its peer, and is not translated (C58, C59)", () => {
  const last = { content: "Hello", at: 0, own: false, unsent: false }
  const shown = (peer: typeof alma & { marked?: boolean }) => {
    const screen = chat({
      me: person("2eb0", "Zebrafink"),
      conversations: [{ peer, last, unread: 1 }],
      online: { people: [peer], total: 2 },
      open: { peer, lines: [line(true, "Hi")], truncated: false, earlier: false, blocked: false },
    })
    const parts = [String(chatPage(screen, assets)), String(peerChanged(peer))]
    return parts.map((part) => part.split(`<code translate="no" class="mark"`).length - 1)
  }
  expect(shown({ ...alma, marked: true })).toEqual([4, 2])
  expect(shown(alma)).toEqual([0, 0])
})

test("the door tells those apart whom one has been, where they look alike (C58)", () => {
  const door = (identities: readonly { id: string; name: string; marked?: boolean }[]) =>
    String(joinPage({ online: { people: [], total: 0 }, identities }, assets))
  expect(door([{ ...alma, marked: true }])).toContain(markOf(alma.id))
  expect(door([alma])).not.toContain(markOf(alma.id))
})
