import { afterAll, beforeAll, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", TRUST_PROXY: "1" })
})

afterAll(() => duet.stop())

const plain = { accept: "text/html" }
const tls = { ...plain, "x-forwarded-proto": "https" }

function post(path: string, headers: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ name: "Anna" })
  return fetch(duet.url + path, { method: "POST", body, headers, redirect: "manual" })
}

function get(path: string, headers: Record<string, string>): Promise<Response> {
  return fetch(duet.url + path, { headers, redirect: "manual" })
}

/** The `Cookie` header with which a browser returns them. */
function cookiesIn(response: Response): string {
  const set = response.headers.getSetCookie().filter((each) => !each.includes("Max-Age=0"))
  return set.map((each) => each.split(";")[0]).join("; ")
}

test("behind TLS the cookies' names have the prefixes that browsers enforce (C49)", async () => {
  const joined = await post("/join", tls)
  const [identity = "", known = ""] = joined.headers.getSetCookie()
  const path = joined.headers.get("location")
  expect(identity).toStartWith("__Secure-duet=")
  expect(identity).toContain(`Path=${path}`)
  expect(known).toStartWith("__Host-duet_known=")
  expect(known).toMatch(/Path=\/(;|$)/)
  expect(known).not.toContain("Domain")
  for (const each of [identity, known]) expect(each).toMatch(/Secure.*HttpOnly|HttpOnly.*Secure/)
  const cookie = cookiesIn(joined)
  expect((await get(String(path), { ...tls, cookie })).status).toBe(200)
  expect(await (await get("/", { ...tls, cookie })).text()).toContain("Continue as")
  const strayed = await get(`${path}`, tls)
  expect(cookiesIn(strayed)).toBe("__Host-duet_strayed=1")
  expect(await (await get("/", { ...tls, cookie: cookiesIn(strayed) })).text()).toContain("owner’s browser")
})

test("a user who joined before there was TLS stays the same user, and leaving removes both cookies (C49)", async () => {
  const joined = await post("/join", plain)
  const path = joined.headers.get("location") ?? ""
  const cookie = `${cookiesIn(joined)}; duet_theme=dark`
  expect(cookie).toStartWith("duet=")
  const page = await get(path, { ...tls, cookie })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('data-theme="dark"')
  const left = await post(`${path}leave`, { ...tls, cookie })
  const names = left.headers.getSetCookie().map((each) => each.split("=")[0])
  expect(names).toEqual(["__Secure-duet", "duet", "__Host-duet_known", "duet_known"])
  for (const each of left.headers.getSetCookie()) expect(each).toContain("Max-Age=0")
})

test("the cookie with a prefix wins over one that an attacker could have set (C49)", async () => {
  const cookie = "duet_theme=light; __Host-duet_theme=dark"
  expect(await (await get("/", { ...tls, cookie })).text()).toContain('data-theme="dark"')
})

test("a browser that keeps no cookies is told so on the join page, without an endless redirect (C50)", async () => {
  const browser = { ...plain, referer: `${duet.url}/` }
  const joined = await post("/join", browser)
  const sent = await get(joined.headers.get("location") ?? "", browser)
  expect(sent.status).toBe(303)
  const to = sent.headers.get("location") ?? ""
  const door = await get(to, browser)
  expect(door.status).toBe(200)
  expect(await door.text()).toContain("keeps no cookie")
  // With a cookie, or later, the join page is the usual one.
  expect((await get(to, { ...browser, cookie: "a=b" })).headers.get("location")).toBe("/")
})

test("a browser that follows another site's link is not told about cookies (C50)", async () => {
  const path = (await post("/join", plain)).headers.get("location") ?? ""
  for (const referer of ["", "https://other.example/", `${duet.url}/docs`]) {
    const sent = await get(path, { ...plain, ...(referer && { referer }) })
    expect([referer, sent.headers.get("location")]).toEqual([referer, "/"])
  }
})
