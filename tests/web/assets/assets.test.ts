import { afterAll, beforeAll, expect, test } from "bun:test"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

let duet: RunningDuet
let css: string

beforeAll(async () => {
  duet = await startDuet()
  const door = await (await fetch(duet.url, { headers: { accept: "text/html" } })).text()
  css = /href="(\/assets\/[0-9a-f]{12}\/built\/app\.css)"/.exec(door)?.[1] ?? ""
})

afterAll(() => duet?.stop())

/** The bytes on the wire, still compressed. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return fetch(duet.url + path, { method, headers, decompress: false })
}

test("an asset is the same file in every encoding, compressed if the client accepts it", async () => {
  const plain = Buffer.from(await (await get(css, { "accept-encoding": "identity" })).bytes())
  expect(plain.length).toBeGreaterThan(1000)
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }
  for (const encoding of ["br", "gzip"] as const) {
    const answer = await get(css, { "accept-encoding": encoding })
    expect(answer.headers.get("content-encoding")).toBe(encoding)
    expect(answer.headers.get("content-type")).toContain("text/css")
    const bytes = Buffer.from(await answer.bytes())
    expect(bytes.length).toBeLessThan(plain.length / 3)
    expect(unpack[encoding](bytes).equals(plain)).toBe(true)
  }
})

test("every encoding of an asset may be cached for ever, apart from the others", async () => {
  for (const accepted of ["br", "gzip", "identity"]) {
    const { headers } = await get(css, { "accept-encoding": accepted })
    expect(headers.get("cache-control")).toBe("max-age=31536000, immutable")
    expect(headers.get("vary")).toContain("Accept-Encoding")
    expect(headers.get("x-content-type-options")).toBe("nosniff")
  }
})

test("HEAD of an asset sends no body", async () => {
  const whole = await get(css, { "accept-encoding": "br" })
  const length = String((await whole.bytes()).length)
  const asked = await get(css, { "accept-encoding": "br" }, "HEAD")
  expect([asked.status, asked.headers.get("content-length")]).toEqual([200, length])
})

test("an SVG that is opened as a page runs no scripts", async () => {
  const icon = css.replace("built/app.css", "icon.svg")
  for (const accepted of ["br", "identity"]) {
    const { headers } = await get(icon, { "accept-encoding": accepted })
    expect(headers.get("content-security-policy")).toContain("default-src 'self'")
  }
})

test("the chat page preloads every module that it needs", async () => {
  const body = new URLSearchParams({ name: "Anna" })
  const joined = await fetch(`${duet.url}/join`, { method: "POST", body, redirect: "manual" })
  const cookie = joined.headers.getSetCookie().join("; ")
  const home = duet.url + joined.headers.get("location")
  const page = await (await fetch(home, { headers: { cookie, accept: "text/html" } })).text()
  const named = [...page.matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(([, url]) => url ?? "")
  const roots = [...page.matchAll(/type="module" src="([^"]+)"/g)].map(([, url]) => url ?? "")
  const needed = new Set(roots)
  const transpiler = new Bun.Transpiler({ loader: "js" })
  for (const url of needed) {
    const source = await (await fetch(duet.url + url)).text()
    for (const { path, kind } of transpiler.scanImports(source))
      if (kind === "import-statement") needed.add(new URL(path, duet.url + url).pathname)
  }
  expect(needed.size).toBeGreaterThan(roots.length)
  expect(named.sort()).toEqual([...needed].sort())
})

test("our own modules travel without comments", async () => {
  for (const module of ["shell/boot.js", "connection/connection.js"]) {
    const response = await get(css.replace("built/app.css", `page/${module}`), { "accept-encoding": "br" })
    const source = brotliDecompressSync(await response.bytes()).toString()
    expect(source).toContain("document.addEventListener")
    expect(source).not.toContain("/**")
  }
})
