import { afterAll, beforeAll, expect, test } from "bun:test"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

let duet: RunningDuet
const people: ClassicClient[] = []

beforeAll(async () => {
  duet = await startDuet()
  for (const name of ["Alma", "Jonas", "Zoë", "almond"]) people.push(await ClassicClient.join(duet.url, name))
})

afterAll(async () => {
  for (const person of people) person.close()
  await duet.stop()
})

interface Answer {
  readonly users: readonly { readonly name: string }[]
  readonly total: number
  readonly next: string | null
  readonly error: { readonly code: string; readonly message: string }
  readonly paths: Record<string, unknown>
}

async function get(path: string): Promise<{ response: Response; body: Answer }> {
  const response = await fetch(duet.url + path, { redirect: "manual" })
  return { response, body: JSON.parse(await response.text()) }
}

test("GET / gives a program the server's status", async () => {
  const { response, body } = await get("/")
  expect<unknown>(body).toEqual({
    status: "ok",
    name: "duet",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    online: 4,
  })
  expect(response.headers.get("vary")).toContain("Accept")
})

test("GET / gives a browser the page, with a content policy without exceptions", async () => {
  const response = await fetch(duet.url, { headers: { accept: "text/html,application/xhtml+xml" } })
  expect(await response.text()).toContain("Join chat")
  expect(response.headers.get("vary")).toContain("Accept")
  const policy = response.headers.get("content-security-policy") ?? ""
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toContain("unsafe")
})

test("GET /users lists those online in the order in which they came", async () => {
  const { body } = await get("/users")
  expect<unknown>(body.users).toEqual(
    people.map((each) => ({ id: each.id, name: each.frames[0]?.name, is_online: true })),
  )
  expect(body).toMatchObject({ total: 4, next: null })
})

test("GET /users finds part of a name in any case, and counts the matches", async () => {
  const { body } = await get("/users?q=ALM")
  expect(body.users.map(({ name }) => name)).toEqual(["Alma", "almond"])
  expect(body.total).toBe(2)
})

test("GET /users pages with a cursor, each person once", async () => {
  const names: string[] = []
  let after: string | null = ""
  while (after !== null) {
    const { body }: { body: Answer } = await get(`/users?limit=3${after && `&after=${after}`}`)
    expect(body.total).toBe(4)
    names.push(...body.users.map(({ name }) => name))
    after = body.next
  }
  expect(names).toEqual(["Alma", "Jonas", "Zoë", "almond"])
})

test.each(["0", "201", "-1", "1.5", "ten", ""])(
  "GET /users refuses a limit of %p with 400",
  async (limit) => {
    const { response, body } = await get(`/users?limit=${limit}`)
    expect(response.status).toBe(400)
    expect(body.error).toEqual({ code: "bad_limit", message: expect.stringContaining("1 to 200") })
  },
)

test("GET /users refuses a malformed cursor with 400", async () => {
  expect((await get("/users?after=xyz")).response.status).toBe(400)
})

test("GET /users/:id gives a user who is online, or 404", async () => {
  const { body } = await get(`/users/${people[0]?.id}`)
  expect<unknown>(body).toEqual({ id: people[0]?.id, name: "Alma", is_online: true })
  const missing = await get("/users/00000000-0000-4000-8000-000000000000")
  expect(missing.response.status).toBe(404)
  expect(missing.body.error.message).toMatch(/\w/)
})

test("no list names Echo", async () => {
  expect((await get("/users?q=echo")).body.total).toBe(0)
  expect((await get("/users/ec400000-0000-8000-8000-000000000000")).response.status).toBe(404)
})

test("GET /health/live answers, and /health/ready once presence reaches the store", async () => {
  expect((await get("/health/live")).response.status).toBe(200)
  let ready = await get("/health/ready")
  while (ready.response.status !== 200) ready = await get("/health/ready")
  expect<unknown>(ready.body).toEqual({
    status: "ok",
    parts: { sockets: { ok: true, state: "up" }, store: { ok: true, state: "up" } },
  })
})

test("the API has a description, without assets of other hosts", async () => {
  const { body } = await get("/openapi.json")
  expect(Object.keys(body.paths).sort()).toEqual([
    "/",
    "/health/live",
    "/health/ready",
    "/users",
    "/users/{id}",
  ])
  const page = await fetch(`${duet.url}/docs`)
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'")
  expect((await page.text()).match(/(?:src|href)="https?:/g)).toBeNull()
})

test("an unknown path is a JSON error for a program and a page for a browser", async () => {
  const { response, body } = await get("/nowhere")
  expect(response.status).toBe(404)
  expect(body.error.code).toBe("not_found")
  const page = await fetch(`${duet.url}/nowhere`, { headers: { accept: "text/html" } })
  expect(page.status).toBe(404)
  expect(page.headers.get("content-type")).toContain("text/html")
})

test("browsers may keep assets for ever, for their URL changes with them", async () => {
  const page = await (await fetch(duet.url, { headers: { accept: "text/html" } })).text()
  const css = /href="(\/assets\/[0-9a-f]{12}\/built\/app\.css)"/.exec(page)?.[1]
  const asset = await fetch(duet.url + css)
  expect(asset.status).toBe(200)
  expect(asset.headers.get("cache-control")).toContain("immutable")
  expect(asset.headers.get("x-content-type-options")).toBe("nosniff")
})

test("no file above the public folder is served", async () => {
  for (const path of ["/assets/../package.json", "/assets/%2e%2e%2fpackage.json", "/package.json"]) {
    expect((await fetch(duet.url + path)).status).toBe(404)
  }
})
