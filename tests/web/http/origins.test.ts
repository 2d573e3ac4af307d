import { afterAll, beforeAll, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

let direct: RunningDuet
let behind: RunningDuet

beforeAll(async () => {
  ;[direct, behind] = await Promise.all([startDuet(), startDuet({ TRUST_PROXY: "1", LOG_LEVEL: "error" })])
})

afterAll(() => Promise.all([direct.stop(), behind.stop()]))

type Headers = Readonly<Record<string, string>>

/** The status of a handshake and of a form from that origin: 101 and 303 if it is allowed. */
async function asked(duet: RunningDuet, headers: Headers): Promise<number[]> {
  const upgrade = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  }
  const socket = await fetch(`${duet.url}/ws/alice`, { headers: { ...headers, ...upgrade } })
  await socket.body?.cancel()
  const form = await fetch(`${duet.url}/join`, { method: "POST", headers, redirect: "manual" })
  return [socket.status, form.status]
}

const own = [101, 303]
const foreign = [403, 403]

test("a page of the same host may connect and post, and one of another host may not (C48)", async () => {
  const cases: [string, string, number[]][] = [
    ["duet.example", "https://duet.example", own],
    ["duet.example", "http://duet.example", own],
    ["duet.example:443", "https://duet.example", own],
    ["duet.example:8443", "https://duet.example:8443", own],
    ["[::1]:3000", "http://[::1]:3000", own],
    ["duet.example", "https://evil.example", foreign],
    ["duet.example", "https://duet.example.evil.example", foreign],
    ["duet.example", "https://sub.duet.example", foreign],
    ["duet.example:8443", "https://duet.example", foreign],
    ["duet.example:8443", "https://duet.example:8080", foreign],
    ["duet.example", "null", foreign],
    ["duet.example", "file://duet.example", foreign],
    ["duet.example", "no origin", foreign],
  ]
  for (const [host, origin, answer] of cases)
    expect([host, origin, await asked(direct, { host, origin })]).toEqual([host, origin, answer])
})

test("a page may connect and post behind a proxy that leaves the port out of the Host or changes it (C48)", async () => {
  const origin = "http://duet.example:8080"
  expect(await asked(direct, { host: "duet.example", origin })).toEqual(own)
  expect(await asked(direct, { host: "duet.example:80", origin })).toEqual(foreign)
  expect(await asked(behind, { host: "duet.example:3000", origin })).toEqual(own)
  expect(await asked(behind, { host: "evil.example:8080", origin })).toEqual(foreign)
})

test("http and https are different origins where a trusted proxy tells the scheme (C48)", async () => {
  const host = "duet.example"
  for (const [said, page, answer] of [
    ["https", "https", own],
    ["https", "http", foreign],
    ["http", "http", own],
    ["http", "https", foreign],
    ["HTTPS", "https", own],
  ] as const) {
    const headers = { host, origin: `${page}://${host}`, "x-forwarded-proto": said }
    expect([said, page, await asked(behind, headers)]).toEqual([said, page, answer])
  }
  // The header of a proxy that is not trusted is ignored.
  expect(await asked(direct, { host, origin: `https://${host}`, "x-forwarded-proto": "http" })).toEqual(own)
})

test("Sec-Fetch-Site: same-origin settles the origin, whatever a proxy made of the Host (C48)", async () => {
  const headers = { host: "backend", origin: "https://duet.example" }
  expect(await asked(direct, { ...headers, "sec-fetch-site": "same-origin" })).toEqual(own)
  for (const site of ["same-site", "cross-site", "none"])
    expect([site, await asked(direct, { ...headers, "sec-fetch-site": site })]).toEqual([site, foreign])
  expect(await asked(direct, { ...headers, origin: "null", "sec-fetch-site": "same-origin" })).toEqual(
    foreign,
  )
})

test("where a proxy hides the Host, pressing the button once more proves that the form is ours (C48)", async () => {
  const headers = { accept: "text/html", host: "backend", origin: "http://duet.lan" }
  const post = (path: string, cookie: string, fields: Record<string, string>, more: Headers = {}) =>
    fetch(direct.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { ...headers, ...(cookie && { cookie }), ...more },
      body: new URLSearchParams(fields),
    })
  const doubted = await post("/join", "", { name: "Anna" })
  const page = await doubted.text()
  expect([doubted.status, page.includes('value="Anna"'), page.includes("once more")]).toEqual([
    403,
    true,
    true,
  ])
  const door = /name="door" value="([^"]+)"/.exec(page)?.[1] ?? ""
  const cookie = `duet_door=${door}`
  expect(doubted.headers.getSetCookie()).toEqual([expect.stringContaining(`${cookie};`)])
  // Another site cannot read the token, which is useless without the cookie.
  expect((await post("/join", cookie, { name: "Anna" })).status).toBe(403)
  expect((await post("/join", cookie, { name: "Anna", door: `${door}x` })).status).toBe(403)
  expect((await post("/join", "duet_door=", { name: "Anna", door: "" })).status).toBe(403)
  expect((await post("/join", cookie, { name: "Anna", door }, { origin: "null" })).status).toBe(403)
  expect((await post("/join", "", { name: "Anna", door })).headers.get("location")).toBe("/?no-cookies")
  const joined = await post("/join", cookie, { name: "Anna", door })
  expect(joined.status).toBe(303)
  const kept = joined.headers.getSetCookie().map((each) => each.split(";")[0])
  const leave = `${joined.headers.get("location")}leave`
  const evil = await post(leave, kept.join("; "), {}, { origin: "http://evil.example" })
  expect(evil.status).toBe(403)
  expect((await post(leave, kept.join("; "), {})).status).toBe(303)
})

test("the log warns once of a page that is refused behind a proxy, with what to do (C48)", () => {
  const warnings = direct
    .output()
    .split("\n")
    .filter((line) => line.includes("another site's"))
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(/Host.*ALLOWED_ORIGINS.* origin=https:\/\/evil\.example host=duet\.example$/)
})
