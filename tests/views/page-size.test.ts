import { expect, test } from "bun:test"
import { checkName } from "../../src/chat/names.ts"
import { html } from "../../views/html.ts"
import { marksAtMost } from "../../views/message/code.ts"
import { content } from "../../views/message/content.ts"
import type { ConversationSummary, Line, OpenConversation, Person } from "../../views/model.ts"
import { blockedRows } from "../../views/settings/me.ts"
import { chatPage } from "../../views/shell/chat.ts"
import { foundPeople } from "../../views/sidebar/found.ts"
import { earlierLines, transcript } from "../../views/transcript/transcript.ts"
import { assets, chat } from "./samples.ts"

/** Bytes of HTML of a page, at most. */
const pageBytes = 200_000

/** Nothing that may be a name takes more bytes as HTML: a sign that is escaped, under marks beyond the basic plane. */
const longestName = '"\u{1E8D0}\u{1E8D1}\u{1E8D2}'.repeat(32)

/** What may be said in 4000 characters and costs most to show, each for a reason of its own. */
const costly: Readonly<Record<string, string>> = {
  blocks: "```js\nx\n```\n".repeat(333),
  "code in a line": "`a` ".repeat(1000),
  addresses: "http://a ".repeat(444),
  "one address": `http://a.b/${"&".repeat(3989)}`,
  "signs to escape": '"'.repeat(4000),
  emoji: "😀".repeat(4000),
  "signs of what is not seen": "\x85a".repeat(2000),
  "addresses that hide their host": "http://a@b ".repeat(363),
  "marks and lines": "\n`".repeat(2000),
  "lines alone": "\n".repeat(3999),
  "blocks and an address": `${"```\nx\n```\n".repeat(50)}http://a.b/${"&".repeat(3400)}`,
}

function longNamed(i: number): Person {
  return {
    id: `${String(i).padStart(8, "0")}-0000-8000-8000-000000000000`,
    name: longestName,
    status: "offline",
    marked: true,
  }
}

const crowd = Array.from({ length: 50 }, (_, i) => longNamed(i))

function summary(peer: Person): ConversationSummary {
  return {
    peer: { ...peer, status: "online" },
    last: { content: '"'.repeat(4000), at: 0, own: true, unsent: false },
    unread: 500,
  }
}

function line(i: number, content: string, more: Partial<Line> = {}): Line {
  const id = `019a0000-0000-7000-8000-${String(i).padStart(12, "0")}`
  return {
    id,
    seq: i,
    own: true,
    content,
    at: i * 400_000,
    clientId: "c".repeat(64),
    undelivered: "overflow",
    ...more,
  }
}

function open(said: string, more: Partial<OpenConversation> = {}): OpenConversation {
  const answer = { replyTo: line(1000, "").id, answered: '"'.repeat(4000) }
  const both = { emoji: "👩‍❤️‍💋‍👨", mine: true, theirs: false }
  const lines = Array.from({ length: 50 }, (_, i) =>
    line(i, said, { ...answer, reactions: [both, { ...both, mine: false, theirs: true }] }),
  )
  return {
    peer: longNamed(999),
    lines,
    earlier: true,
    truncated: true,
    unread: 50,
    firstUnread: line(0, "").id,
    blocked: true,
    ...more,
  }
}

const blocked = Array.from({ length: 500 }, (_, i) => longNamed(i))
const full = {
  me: longNamed(998),
  conversations: crowd.map(summary),
  online: { people: crowd, total: 100_000 },
  blocked,
}

function bytes(html: { readonly text: string }): number {
  return Buffer.byteLength(html.text)
}

/** More modules than a page names, each with a long name. */
const built = {
  ...assets,
  modules: () => Array.from({ length: 70 }, (_, i) => `page/a-module-of-the-page-${i}.js`),
}

test("the longest name is one", () => {
  expect(checkName(longestName)).toEqual({ name: longestName })
})

for (const [kind, said] of Object.entries(costly))
  test(`a page stays below 200 KB, whatever people are called and say: ${kind}`, () => {
    const page = chatPage(chat({ ...full, open: open(said) }), built)
    expect(bytes(page)).toBeLessThan(pageBytes)
    expect(page.text.split('class="words"').length - 1).toBeGreaterThan(0)
  })

test("a page that shows whom somebody looked for stays below 200 KB, and so does the one that lists whom they blocked", () => {
  const found = {
    query: '"'.repeat(64),
    talks: crowd.slice(0, 13).map(summary),
    people: crowd.slice(0, 17),
    total: 1_000_000,
    next: 50,
  }
  expect(bytes(foundPeople(found))).toBeLessThan(62_000)
  expect(bytes(chatPage(chat({ ...full, found }), built))).toBeLessThan(pageBytes)
  expect(bytes(chatPage(chat({ ...full, blockedAfter: "" }), built))).toBeLessThan(pageBytes)
})

test("everybody blocked is on one page of the list, each once, however long their names are", () => {
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const rows = blockedRows("me", blocked, after).text
    expect(Buffer.byteLength(rows)).toBeLessThan(7_000)
    seen.push(...[...rows.matchAll(/value="([^"]+)"/gu)].map(([, id = ""]) => id))
    after = /hx-get="blocked\?after=([^"]+)"/u.exec(rows)?.[1]
    if (after === undefined || seen.length > blocked.length) break
  }
  expect(seen).toEqual(blocked.map(({ id }) => id))
})

test("lines that take little room are all shown; of those that take much the newest are, and lead to the others", () => {
  const small = open("Hello", { earlier: false })
  expect(
    shownIds(
      transcript({
        ...small,
        lines: small.lines.map(({ id, seq, own, content, at }) => ({ id, seq, own, content, at })),
      }).text,
    ),
  ).toHaveLength(50)
  for (const said of Object.values(costly)) {
    const talk = open(said, { earlier: false, truncated: false })
    const text = transcript(talk).text
    const ids = shownIds(text)
    expect(ids.length).toBeGreaterThan(0)
    expect(ids).toEqual(talk.lines.map(({ id }) => id).slice(-ids.length))
    const before = /hx-get="[^"]*\?before=([^"]+)"/u.exec(text)?.[1]
    expect(before).toBe(ids.length < 50 ? ids[0] : undefined)
    expect(shownIds(earlierLines(talk).text)).toEqual(ids)
    expect(bytes(earlierLines(talk))).toBeLessThan(62_000)
  }
})

function shownIds(text: string): string[] {
  return [...text.matchAll(/<article [^>]*id="m-([^"]+)"/gu)].map(([, id = ""]) => id)
}

test("of one message a hundred marks make code and fifty addresses links; what follows stays as it was written", () => {
  const marks = shown("`a` ".repeat(60))
  expect(marks.split("<code").length - 1).toBe(marksAtMost / 2)
  expect(marks).toEndWith(" `a` `a` `a` `a` `a` `a` `a` `a` `a` `a` ")
  const blocks = shown(`${"```\nx\n```\n".repeat(60)}end`)
  expect(blocks.split("<pre").length - 1).toBe(50)
  expect(blocks).toEndWith(`${"```\nx\n```\n".repeat(10)}end`)
  const links = shown("http://a.b ".repeat(60))
  expect(links.split("<a ").length - 1).toBe(50)
  expect(links).toEndWith("http://a.b ".repeat(10))
})

function shown(text: string): string {
  return String(html`${content(text)}`)
}
