import { afterAll, beforeAll, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { V1Client } from "../../support/v1-client.ts"

let duet: RunningDuet
let socket: V1Client
let reader: { readonly id: string; readonly cookie: string }

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", MESSAGE_RATE: "0", BYTE_RATE: "0" })
  const response = await fetch(`${duet.url}/join`, {
    method: "POST",
    body: new URLSearchParams({ name: "Reader" }),
    redirect: "manual",
    headers: { accept: "text/html" },
  })
  const cookies = response.headers.getSetCookie().map((each) => each.split(";")[0])
  reader = { id: (response.headers.get("location") ?? "").split("/")[2] ?? "", cookie: cookies.join("; ") }
  // Without a socket the session would end after a while.
  const key = /(?:^|; )duet=([\w-]{43})/.exec(reader.cookie)?.[1] ?? ""
  socket = await V1Client.join(duet.url, "Reader", { key })
})

afterAll(async () => {
  socket.close()
  await duet.stop()
})

async function get(path: string, isPart = false): Promise<Response> {
  const part: Record<string, string> = isPart ? { "hx-request": "true" } : {}
  return await fetch(`${duet.url}/u/${reader.id}/${path}`, {
    redirect: "manual",
    headers: { accept: "text/html", cookie: reader.cookie, ...part },
  })
}

/** A user who has sent these messages to the reader. */
async function talker(name: string, words: readonly string[]): Promise<V1Client> {
  const client = await V1Client.join(duet.url, name)
  for (const each of words) client.say(reader.id, each)
  await client.until(() => client.contents.length >= words.length)
  return client
}

function said(text: string): string[] {
  return [...text.matchAll(/<div class="words"[^>]*>([^<]*)</gu)].map(([, words = ""]) => words)
}

function beforeIn(text: string): string | undefined {
  return /hx-get="[^"]*\?before=([^"]+)"/u.exec(text)?.[1]
}

const numbered = Array.from({ length: 120 }, (_, i) => `line ${i + 1}`)

test("a conversation's page and its pane hold the newest fifty lines; each piece leads to the one before it, and the first says so", async () => {
  const eva = await talker("Eva", numbered)
  const page = await (await get(eva.id)).text()
  expect(said(page).filter((words) => words !== "")).toEqual(numbered.slice(70))
  expect(said(await (await get(eva.id, true)).text())).toEqual(numbered.slice(70))
  expect(page).not.toContain('class="beginning"')
  const second = await (await get(`${eva.id}?before=${beforeIn(page)}`, true)).text()
  expect(said(second)).toEqual(numbered.slice(20, 70))
  expect(second).toStartWith('<p class="fine earlier sooner"')
  expect(second).not.toContain("<section")
  const first = await (await get(`${eva.id}?before=${beforeIn(second)}`, true)).text()
  expect(said(first)).toEqual(numbered.slice(0, 20))
  expect(first).toStartWith('<div class="beginning"')
  eva.send({ type: "leave" })
})

test("a malformed `before` is refused with what to do, and before an unknown message there is nothing", async () => {
  const emil = await talker("Emil", ["one"])
  for (const none of ["nonsense", emil.id]) {
    const refused = await get(`${emil.id}?before=${none}`, true)
    expect(refused.status).toBe(400)
  }
  const unknown = await get(`${emil.id}?before=00000000-0000-7000-8000-000000000000`, true)
  expect(await unknown.text()).toContain("Earlier messages are not kept.")
  const stranger = await V1Client.join(duet.url, "Stranger")
  const nothing = await (await get(`${stranger.id}?before=00000000-0000-7000-8000-000000000000`, true)).text()
  expect(nothing).toContain("Earlier messages are not kept.")
  expect(nothing).not.toContain('class="beginning"')
  for (const client of [emil, stranger]) client.send({ type: "leave" })
})

test("no page or fragment is above 200 KB when fifty people with the longest names send what takes most HTML (C34)", async () => {
  const name = (i: number) => '"\u{1E8D0}\u{1E8D1}\u{1E8D2}'.repeat(31) + String.fromCodePoint(0x4e00 + i)
  const costly = "```js\nx\n```\n".repeat(333)
  const crowd = await Promise.all(Array.from({ length: 50 }, (_, i) => talker(name(i), ['"'.repeat(4000)])))
  const loud = await talker(name(99), [
    costly,
    "😀".repeat(4000),
    "http://a.b ".repeat(363),
    '"'.repeat(4000),
  ])
  const page = await (await get(loud.id)).text()
  const before = beforeIn(page)
  const parts = [loud.id, "", "?q=", "?q=%22", "people?q=%22", "blocked", `${loud.id}?before=${before}`]
  for (const path of parts)
    for (const isPart of [false, true]) {
      const bytes = Buffer.byteLength(await (await get(path, isPart)).text())
      expect([path, bytes < 200_000]).toEqual([path, true])
    }
  const found: string[] = []
  for (let next: string | undefined = "people?q=%22"; next !== undefined && found.length < 100; ) {
    const piece: string = await (await get(next, true)).text()
    expect(Buffer.byteLength(piece)).toBeLessThan(64_000)
    found.push(...[...piece.matchAll(/<li id="f-([^"]+)"/gu)].map(([, id = ""]) => id))
    next = /hx-get="(people[^"]+)"/u.exec(piece)?.[1]?.replaceAll("&amp;", "&")
  }
  const expected = [...crowd, loud].map(({ id }) => id)
  expect(found.toSorted()).toEqual(expected.toSorted())
  for (const client of [...crowd, loud]) client.send({ type: "leave" })
})

test("blocked users are listed in pieces, and without scripts on a page with the menu open", async () => {
  const ids = Array.from(
    { length: 60 },
    (_, i) => `${String(i).padStart(8, "0")}-0000-8000-8000-000000000000`,
  )
  for (const user_id of ids)
    await fetch(`${duet.url}/u/${reader.id}/block`, {
      method: "POST",
      body: new URLSearchParams({ user_id }),
      redirect: "manual",
      headers: { accept: "text/html", cookie: reader.cookie },
    })
  const listed: string[] = []
  for (let after: string | undefined = ""; after !== undefined; ) {
    const piece: string = await (await get(`blocked?after=${after}`, true)).text()
    listed.push(...[...piece.matchAll(/name="user_id" value="([^"]+)"/gu)].map(([, id = ""]) => id))
    after = /href="blocked\?after=([^"]+)"/u.exec(piece)?.[1]
  }
  expect(listed).toEqual(ids)
  const page = await (await get(`blocked?after=${ids[30]}`)).text()
  expect(page).toContain('<div class="panel" id="me-panel">')
  expect(page).toContain(`value="${ids[31]}"`)
  expect(page).not.toContain(`value="${ids[30]}"`)
})
