import { expect, test } from "bun:test"
import { joinPage } from "../../views/door/join.ts"
import { chatPage } from "../../views/shell/chat.ts"
import { conversationsChanged, peerChanged, peopleChanged } from "../../views/shell/fragments.ts"
import { conversationPane, conversationTitle } from "../../views/transcript/conversation.ts"
import { alma, assets, chat, echo, line, me, person } from "./samples.ts"

interface Found {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
}

function elements(text: string, selector: string): Found[] {
  const found: Found[] = []
  const rewriter = new HTMLRewriter().on(selector, {
    element(element) {
      found.push({ tag: element.tagName, attributes: Object.fromEntries(element.attributes) })
    },
  })
  rewriter.transform(text)
  return found
}

const open = { peer: alma, lines: [line(false, "Hi"), line(true, "Hello")], truncated: false, blocked: false }
const page = String(chatPage(chat({ open }), assets))

test("the open conversation is a log named after the other", () => {
  const [log] = elements(page, "[role=log]")
  expect(log?.attributes).toMatchObject({
    id: `transcript-${alma.id}`,
    "aria-label": "Conversation with",
    "aria-labelledby": `transcript-${alma.id} name-${alma.id}`,
  })
  expect(elements(page, `#name-${alma.id}`)).toHaveLength(1)
})

test("the composer is a text box named Message with a button named Send", () => {
  expect(elements(page, `textarea[aria-label="Message"]`)).toHaveLength(1)
  expect(elements(page, `button[aria-label="Send"]`)).toHaveLength(1)
})

test("leaving is a plain form, so that it works before any script has loaded", () => {
  const [form] = elements(page, "form[data-leave]")
  expect(form?.attributes).toMatchObject({ method: "post", action: `/u/${me.id}/leave` })
  expect(page).toContain(">Leave</button>")
})

test("the list of people names each by name alone, and tells two of one name apart by their marks (C58)", () => {
  const people = [alma, person("b0b0", "Alma")].map((each) => ({ ...each, marked: true }))
  const text = String(peopleChanged({ people: [...people, me], total: 3 }))
  const links = elements(text, "a").map(({ attributes }) => attributes)
  expect(elements(text, "code").map(({ attributes }) => attributes["aria-hidden"])).toEqual(["true", "true"])
  expect(text.match(/<bdi translate="no" class="name">Alma<\/bdi>/gu)).toHaveLength(2)
  expect(links.map((link) => link["aria-description"])).toEqual([
    "online, mark FWX0-0000",
    "online, mark P2R0-0000",
    "online",
  ])
})

test("links to people are relative, so that one fragment serves all who read it", () => {
  const links = elements(String(peopleChanged({ people: [me, alma], total: 2 })), "a")
  expect(links.map(({ attributes }) => [attributes.href, attributes["hx-get"]])).toEqual([
    [me.id, me.id],
    [alma.id, alma.id],
  ])
  expect(elements(page, ".back")[0]?.attributes).toMatchObject({ href: "./", "hx-get": "./" })
})

test("the reader's own row is hidden from the first paint", () => {
  const rows = elements(page, "#people > li").map(({ attributes }) => [attributes.id, "hidden" in attributes])
  expect(rows).toEqual([
    [`p-${me.id}`, true],
    [`p-${alma.id}`, false],
  ])
})

test("a list of 50 people fits a frame of 32 KiB", () => {
  const people = Array.from({ length: 50 }, (_, i) =>
    person(i.toString(16).padStart(4, "0"), `Quiet Otter the ${i}th`),
  )
  expect(String(peopleChanged({ people, total: 5000 })).length).toBeLessThan(32_768)
})

test("with nobody to talk with, the page invites to open a second tab or to talk to Echo", () => {
  const alone = String(chatPage(chat({ conversations: [], online: { people: [me], total: 1 } }), assets))
  expect(alone).toContain("Talk to Echo")
  expect(alone).toContain("Open a second tab")
  expect(elements(alone, "[role=log]")).toHaveLength(0)
})

test("what somebody said before they left is shown in the list until it is read", () => {
  const peer = { ...alma, status: "gone" as const }
  const last = { content: "One last thing", at: 0, own: false, unsent: false }
  expect(String(conversationsChanged([{ peer, last, unread: 1 }]))).toContain("One last thing")
  expect(String(conversationsChanged([{ peer, last, unread: 0 }]))).toContain("Left. Nothing was kept.")
})

test("who is offline and still receives is not said to have left, in the list or above the composer", () => {
  const peer = { ...alma, status: "offline" as const }
  for (const text of [String(conversationsChanged([{ peer, unread: 0 }])), String(peerChanged(peer))]) {
    expect(text).toContain("may be back")
    expect(text).not.toMatch(/\bleft\b/iu)
  }
})

test("a list of 50 with thousands behind it says how many more there are, and leads to them", () => {
  const people = Array.from({ length: 50 }, (_, i) => person(i.toString(16).padStart(4, "0"), `Guest ${i}`))
  const text = String(peopleChanged({ people, total: 5000 }))
  expect(elements(text, "[data-everybody]")[0]?.attributes.href).toBe("./?q=")
  expect(text).toContain("and 4,950 more")
  expect(String(peopleChanged({ people, total: 50 }))).not.toContain("more")
})

test("the lists are a page of their own for who looks for somebody without scripts", () => {
  const found = { query: "al", talks: [], people: [alma], total: 1 }
  const looking = String(chatPage(chat({ found }), assets))
  expect(looking).not.toContain('<div id="found"></div>')
  expect(String(chatPage(chat(), assets))).toContain('<div id="found"></div>')
  expect(elements(looking, "#find")[0]?.attributes.value).toBe("al")
  expect(elements(looking, ".found .row").map(({ attributes }) => attributes.href)).toEqual([alma.id])
  expect(elements(looking, ".finding")[0]?.attributes).toMatchObject({
    method: "get",
    action: `/u/${me.id}/`,
  })
})

test("the title names whom one talks with", () => {
  expect(conversationTitle(open)).toBe("Alma · Duet")
  expect(conversationTitle()).toBe("Duet")
})

test("the join form is plain, with a label that belongs to its text box", () => {
  const join = String(joinPage({ online: { people: [], total: 0 }, identities: [] }, assets))
  expect(elements(join, "form")[0]?.attributes).toMatchObject({ method: "post", action: "/join" })
  expect(elements(join, "label")[0]?.attributes.for).toBe(
    elements(join, "input[name=name]")[0]?.attributes.id ?? "",
  )
  expect(elements(join, "script")).toHaveLength(0)
})

test("a browser that has been somebody may be them again", () => {
  const join = String(joinPage({ online: { people: [], total: 0 }, identities: [alma] }, assets))
  expect(elements(join, ".identity")[0]?.attributes.href).toBe(`/u/${alma.id}/`)
  expect(join).toContain("Join as somebody else")
})

test("a refused name comes back with the reason, tied to its text box", () => {
  const refused = { name: "x".repeat(40), reason: "A name has at most 32 characters." }
  const join = String(joinPage({ online: { people: [], total: 0 }, identities: [], refused }, assets))
  const [input] = elements(join, "input")
  expect(input?.attributes).toMatchObject({ value: refused.name, "aria-invalid": "true" })
  expect(elements(join, `#${input?.attributes["aria-describedby"]}`)).toHaveLength(1)
})

test("of somebody whose name is gone with them, a page that shows it keeps it", () => {
  const text = String(peerChanged({ ...alma, name: "", status: "gone" }))
  expect(text).toContain(`hx-target="#peer-${alma.id} .state"`)
  expect(text).toContain("They have left.")
  expect(text).not.toContain("<bdi")
})

test("a conversation shows its beginning, or says that earlier messages are not kept", () => {
  const begun = String(
    conversationPane({ me: me.id, open, echo, contentLimit: 4000, seq: 7, origin: "http://localhost" }),
  )
  expect(begun).toContain("This is the beginning. Nothing here is stored.")
  const truncated = { ...open, truncated: true }
  const shortened = String(
    conversationPane({
      me: me.id,
      open: truncated,
      echo,
      contentLimit: 4000,
      seq: 7,
      origin: "http://localhost",
    }),
  )
  expect(shortened).toContain("Earlier messages are not kept.")
  expect(shortened).not.toContain("This is the beginning")
})

test("a divider stands above the first line that was not seen, and nowhere when all were", () => {
  const lines = [
    line(false, "seen", { id: "1" }),
    line(false, "unseen", { id: "2" }),
    line(true, "mine", { id: "3" }),
    line(false, "unseen too", { id: "4" }),
  ]
  const shown = (unread: number) =>
    String(
      conversationPane({
        me: me.id,
        open: { ...open, lines, unread },
        echo,
        contentLimit: 4000,
        seq: 7,
        origin: "http://localhost",
      }),
    )
  expect(shown(2)).toMatch(/<p class="fresh">New<\/p><article [^>]*id="m-2"/u)
  expect(shown(2).match(/class="fresh"/gu)).toHaveLength(1)
  expect(shown(0)).not.toContain("fresh")
})
