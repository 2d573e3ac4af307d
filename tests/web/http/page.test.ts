import { afterAll, beforeAll, expect, test } from "bun:test"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { until } from "../../support/until.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", MAX_USERS: "3", LEAVE_GRACE: "0" })
})

afterAll(async () => {
  await duet.stop()
})

const html = { accept: "text/html" }

interface Joined {
  readonly path: string
  readonly cookie: string
  readonly response: Response
}

async function join(name: string, headers: Record<string, string> = {}): Promise<Joined> {
  const body = new URLSearchParams({ name })
  const response = await fetch(`${duet.url}/join`, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { ...html, ...headers },
  })
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ")
  return { path: response.headers.get("location") ?? "", cookie, response }
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(duet.url + path, { redirect: "manual", headers: { ...html, ...headers } })
}

async function leave({ path, cookie }: Joined): Promise<Response> {
  return fetch(`${duet.url}${path}leave`, {
    method: "POST",
    redirect: "manual",
    headers: { ...html, cookie },
  })
}

test("a plain form joins, and sets a cookie for the identity's own path only", async () => {
  const anna = await join("Anna")
  expect(anna.response.status).toBe(303)
  expect(anna.path).toMatch(/^\/u\/[0-9a-f-]{36}\/$/)
  const [identity, known] = anna.response.headers.getSetCookie()
  expect(identity).toContain(`Path=${anna.path}`)
  for (const cookie of [identity, known]) {
    expect(cookie).toContain("HttpOnly")
    expect(cookie).toContain("SameSite=Lax")
  }
  const page = await (await get(anna.path, { cookie: anna.cookie })).text()
  expect(page).toContain("Anna")
  expect(await (await get("/", { cookie: anna.cookie })).text()).toContain("Continue as")
  expect((await leave(anna)).status).toBe(303)
})

test("a form of another site can neither join nor leave", async () => {
  expect((await join("Anna", { origin: "http://evil.example" })).response.status).toBe(403)
  const anna = await join("Anna")
  const headers = { ...html, cookie: anna.cookie, origin: "null" }
  const answer = await fetch(`${duet.url}${anna.path}leave`, { method: "POST", redirect: "manual", headers })
  expect(answer.status).toBe(403)
  await leave(anna)
})

test("a bad name is refused with the typed name and the reason, and in JSON for a program", async () => {
  const { response } = await join("a\u202Eb")
  expect(response.status).toBe(422)
  expect(await response.text()).toContain("invisible or control characters")
  const program = await join("x".repeat(33), { accept: "application/json" })
  expect(program.response.status).toBe(422)
  expect(JSON.parse(await program.response.text()).error.code).toBe("bad_name")
})

test("a name of megabytes is refused before it is read", async () => {
  const body = new URLSearchParams({ name: "\uFDFA".repeat(100_000) })
  const answer = await fetch(`${duet.url}/join`, { method: "POST", body, redirect: "manual" })
  expect(answer.status).toBe(413)
})

test("a cookie with a forged name is ignored", async () => {
  const anna = await join("Anna")
  const key = /duet=([\w-]{43})/.exec(anna.cookie)?.[1]
  for (const name of ["x".repeat(40), "a%E2%80%AEb", "a%0Ab", ""]) {
    const answer = await get(anna.path, { cookie: `duet=${key}.${name}` })
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"])
  }
  const foreign = await get(`/u/${"0".repeat(8)}-0000-8000-8000-${"0".repeat(12)}/`, { cookie: anna.cookie })
  expect(foreign.status).toBe(303)
})

test("odd paths are 404, and no error shows source", async () => {
  for (const path of ["/u/%3B/", "/u/%E6%97%A5", "/u/x/y", "/u/%00/", "/u//"]) {
    const answer = await get(path)
    expect([path, answer.status]).toEqual([path, 404])
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'")
    expect(answer.headers.get("vary")).toContain("Accept")
  }
})

test("there is no conversation with oneself or with a user who is not online", async () => {
  const anna = await join("Anna")
  const id = anna.path.slice(3, -1)
  for (const peer of [id, "00000000-0000-4000-8000-000000000000", "nonsense"]) {
    expect((await get(anna.path + peer, { cookie: anna.cookie })).status).toBe(404)
  }
  await leave(anna)
})

test("a browser redirected from somebody else's page is told why, once, and one whose user left is not", async () => {
  const anna = await join("Anna")
  const why = "That address works in its owner’s browser alone"
  const sent = await get(anna.path)
  const strayed = sent.headers.getSetCookie().find((each) => each.startsWith("duet_strayed=1;"))
  expect(strayed).toContain("Max-Age=60")
  const door = await get("/", { cookie: "duet_strayed=1" })
  expect(door.headers.getSetCookie()).toEqual([expect.stringMatching(/^duet_strayed=;.*Max-Age=0;/)])
  expect(await door.text()).toContain(why)
  const left = await leave(anna)
  expect(left.headers.getSetCookie().join()).not.toContain("duet_strayed")
  const again = await leave({ ...anna, cookie: "" })
  expect(again.headers.getSetCookie().join()).not.toContain("duet_strayed")
  const next = await get("/")
  expect(next.headers.getSetCookie()).toEqual([])
  expect(await next.text()).not.toContain(why)
})

test("a user who left in one tab is told so in the other", async () => {
  const anna = await join("Anna")
  await get(anna.path, { cookie: anna.cookie })
  expect((await leave(anna)).headers.get("location")).toBe("/")
  expect((await get(anna.path, { "hx-request": "true" })).status).toBe(410)
  expect((await get(anna.path)).headers.get("location")).toBe("/")
})

test("a name that fits the rules fits the cookies: five of the longest are taken and offered again (C57)", async () => {
  let cookie = ""
  const marks = "\u{1E8D0}\u{1E8D1}\u{1E8D2}"
  const letter = (i: number) => String.fromCodePoint(0x10400 + i) + marks
  const names = Array.from({ length: 5 }, (_, i) => letter(i).repeat(32))
  for (const name of names) {
    expect(Buffer.byteLength(name)).toBe(4 * 128)
    const joined = await join(name, { cookie })
    expect(joined.response.status).toBe(303)
    const set = joined.response.headers.getSetCookie()
    for (const each of set) expect(each.length).toBeLessThan(4096)
    const identity = set.find((each) => each.startsWith("duet="))?.split(";")[0] ?? ""
    expect(await (await get(joined.path, { cookie: identity })).text()).toContain(name)
    cookie = set.find((each) => each.startsWith("duet_known="))?.split(";")[0] ?? ""
  }
  const door = await (await get("/", { cookie })).text()
  for (const name of names) expect(door).toContain(name)
})

test("a newcomer is told when there are too many people", async () => {
  const people = [
    await ClassicClient.join(duet.url, "one"),
    await ClassicClient.join(duet.url, "two"),
    await ClassicClient.join(duet.url, "three"),
  ]
  const late = await join("four")
  expect(late.response.status).toBe(503)
  for (const each of people) each.close()
  await until("they have gone", async () => (await join("five")).response.status === 303)
})

test("a page is compressed only while it holds no messages, which its length could betray", async () => {
  const anna = await join("Anna")
  const bert = await join("Bert")
  await get(bert.path, { cookie: bert.cookie })
  const packed = { cookie: anna.cookie, "accept-encoding": "gzip" }
  const first = await get(anna.path, packed)
  expect(first.headers.get("content-encoding")).toBe("gzip")
  expect(await first.text()).toContain("Anna")
  const plain = await get(anna.path, { cookie: anna.cookie, "accept-encoding": "identity" })
  expect(plain.headers.get("content-encoding")).toBeNull()
  const encodingOf = async (path: string) => (await get(path, packed)).headers.get("content-encoding")
  expect(await encodingOf(anna.path + bert.path.slice(3, -1))).toBe("gzip")
  const carl = await ClassicClient.join(duet.url, "Carl")
  carl.say(anna.path.slice(3, -1), "hello")
  await carl.next(({ type }) => type === "chat_message")
  for (const path of [anna.path, anna.path + carl.id, anna.path + bert.path.slice(3, -1)])
    expect(await encodingOf(path)).toBeNull()
  carl.close()
  await leave(anna)
  await leave(bert)
})
