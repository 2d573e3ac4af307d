import { afterAll, beforeAll, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

const site = "https://app.example"
let duet: RunningDuet
let asset: string

beforeAll(async () => {
  duet = await startDuet({
    LOG_LEVEL: "error",
    TRUST_PROXY: "1",
    HTTP_RATE: "1",
    HTTP_BURST: "3",
    ALLOWED_ORIGINS: "https://App.example/, capacitor://localhost",
  })
  const door = await (await ask("/", { accept: "text/html" })).text()
  asset = /href="(\/assets\/[^"]+\.css)"/.exec(door)?.[1] ?? ""
})

afterAll(() => duet.stop())

function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return fetch(duet.url + path, { method, headers, redirect: "manual", decompress: false })
}

const readable = [
  "/",
  "/users",
  "/users/x",
  "/health/live",
  "/openapi.json",
  "/asyncapi.json",
  "/docs",
  "/ws",
  "/ws/a",
]
const user = "/u/00000000-0000-8000-8000-000000000000"

/** Every kind of route, with its methods. */
function routes(): [string, string][] {
  return [
    ...readable.map((path): [string, string] => [path, "GET, HEAD, OPTIONS"]),
    [asset, "GET, HEAD, OPTIONS"],
    ["/favicon.ico", "GET, HEAD, OPTIONS"],
    ["/users/", "GET, HEAD, OPTIONS"],
    [`${user}/`, "GET, HEAD, OPTIONS"],
    [`${user}/socket`, "GET, HEAD, OPTIONS"],
    ["/join", "POST, OPTIONS"],
    [`${user}/leave`, "GET, POST, HEAD, OPTIONS"],
  ]
}

test("every route answers OPTIONS with its methods, and other methods with 405 and the same (C44)", async () => {
  for (const [path, allow] of routes()) {
    const asked = await ask(path, {}, "OPTIONS")
    expect([path, asked.status, asked.headers.get("allow")]).toEqual([path, 204, allow])
    for (const method of ["PUT", "DELETE", "PATCH", ...(allow.includes("POST") ? [] : ["POST"])]) {
      const refused = await ask(path, {}, method)
      expect([path, method, refused.status, refused.headers.get("allow")]).toEqual([path, method, 405, allow])
      expect(JSON.parse(await refused.text()).error.message).toContain(allow)
    }
  }
  expect((await ask("/nowhere", {}, "OPTIONS")).status).toBe(404)
})

test("HEAD is GET without the body, on every route with GET (C44)", async () => {
  for (const [path, allow] of routes()) {
    if (!allow.includes("GET")) continue
    const [whole, head] = [await ask(path), await ask(path, {}, "HEAD")]
    const length = (await whole.bytes()).length
    const said = head.headers.get("content-length")
    expect([path, head.status, await head.text()]).toEqual([path, whole.status, ""])
    expect([path, said === null ? "chunked" : Number(said)]).toEqual([
      path,
      said === null ? "chunked" : length,
    ])
  }
})

test("HEAD opens no socket (C44)", async () => {
  const handshake = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  }
  expect((await ask("/ws/alice", handshake, "HEAD")).status).toBe(426)
})

test("a page of an allowed origin may read the API and its errors, and no other page may (C45)", async () => {
  const evil = "https://evil.example"
  const address = { "x-forwarded-for": "203.0.113.7" }
  const refusals: [number, string, string, Record<string, string>][] = [
    [400, "/users?limit=x", "GET", {}],
    [400, `/ws/${"x".repeat(60)}`, "GET", {}],
    [404, "/users/nobody", "GET", {}],
    [404, "/nowhere", "GET", {}],
    [405, "/users", "POST", {}],
    [426, "/ws", "GET", {}],
  ]
  for (const path of readable)
    refusals.push([path.startsWith("/ws") ? 426 : path === "/users/x" ? 404 : 200, path, "GET", {}])
  refusals.push([429, "/users", "GET", address])
  for (const [status, path, method, headers] of refusals) {
    for (const [origin, allowed] of [
      [site, site],
      ["capacitor://localhost", "capacitor://localhost"],
      [evil, null],
      ["http://app.example", null],
    ] as const) {
      if (status === 429) for (let i = 0; i < 3; i++) await ask("/users", address)
      const answer = await ask(path, { ...headers, origin }, method)
      const { status: got } = answer
      expect([path, got, answer.headers.get("access-control-allow-origin")]).toEqual([path, status, allowed])
      expect(answer.headers.get("vary")).toContain("Origin")
    }
  }
  expect((await ask("/", { origin: site })).headers.get("vary")).toBe("Accept, Origin")
})

test("a preflight allows Authorization only to allowed origins (C45)", async () => {
  const wants = { "access-control-request-method": "GET", "access-control-request-headers": "authorization" }
  const { headers, status } = await ask("/users", { ...wants, origin: site }, "OPTIONS")
  expect(status).toBe(204)
  expect(headers.get("access-control-allow-origin")).toBe(site)
  expect(headers.get("access-control-allow-headers")).toContain("Authorization")
  expect(headers.get("access-control-allow-methods")).toBe("GET, HEAD, OPTIONS")
  const other = await ask("/users", { ...wants, origin: "https://evil.example" }, "OPTIONS")
  expect([...other.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([])
})

test("no other site may read the page's own routes (C45)", async () => {
  for (const path of ["/join", `${user}/`, `${user}/people`]) {
    const answer = await ask(path, { origin: site })
    expect([path, answer.headers.get("access-control-allow-origin")]).toEqual([path, null])
  }
})

test("every response isolates itself from other sites' windows and embeddings, and behind TLS requires TLS (C46)", async () => {
  const secure = { "x-forwarded-proto": "https" }
  for (const [path, method] of [
    ["/", "GET"],
    ["/users", "GET"],
    ["/nowhere", "GET"],
    ["/users", "PUT"],
    ["/ws", "OPTIONS"],
  ] as const) {
    const { headers } = await ask(path, secure, method)
    expect([path, headers.get("strict-transport-security")]).toEqual([path, "max-age=31536000"])
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin")
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin")
    expect(headers.get("content-security-policy")).toContain("default-src 'self'")
    expect((await ask(path, {}, method)).headers.get("strict-transport-security")).toBeNull()
  }
  expect((await ask(asset)).headers.get("cross-origin-resource-policy")).toBe("same-origin")
})
