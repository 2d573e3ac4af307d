import { afterAll, beforeAll, expect, test } from "bun:test"
import { byHand, exchange, statusOf } from "../../support/by-hand.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet()
})

afterAll(() => duet.stop())

const paths = ["/", "/users", "/health/live", "/docs", "/ws/alice", "/u/x/y", "/openapi.json", "/a/b/users"]

test("routes are found whatever the length and form of the host (C43)", async () => {
  for (const path of paths) {
    const wanted = statusOf(await byHand(duet.port, `GET ${path} HTTP/1.1`, "Host: a.long.example"))
    for (const host of [
      "x",
      "pi",
      "web",
      "a_b",
      "x:80",
      "[::1]:3000",
      "1.2.3.4",
      `${"a".repeat(200)}.example`,
    ]) {
      const status = statusOf(await byHand(duet.port, `GET ${path} HTTP/1.1`, `Host: ${host}`))
      expect([path, host, status]).toEqual([path, host, wanted])
    }
  }
})

test("every route answers HTTP/1.0 without a Host like any other request (C43)", async () => {
  for (const path of paths) {
    for (const method of ["GET", "HEAD", "OPTIONS", "DELETE"]) {
      const named = statusOf(await byHand(duet.port, `${method} ${path} HTTP/1.1`, "Host: long.example"))
      const bare = statusOf(await byHand(duet.port, `${method} ${path} HTTP/1.0`))
      expect([method, path, bare]).toEqual([method, path, named])
    }
  }
})

test("a browser can join by HTTP/1.0 without a Host (C43)", async () => {
  const form = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 8", "", "name=Bob"]
  const joined = await exchange(duet.port, ["POST /join HTTP/1.0", ...form].join("\r\n"))
  const path = /^location: (.+)\r$/im.exec(joined)?.[1]
  const cookie = /^set-cookie: (duet=[^;]+)/im.exec(joined)?.[1]
  const page = await byHand(duet.port, `GET ${path} HTTP/1.0`, `Cookie: ${cookie}`, "Accept: text/html")
  expect(page).toStartWith("HTTP/1.1 200")
  expect(page).toContain('id="duet"')
})

test("a malformed Host is answered by 400, without an error in the log (C43)", async () => {
  for (const host of ["", "a b", "[::1", "x:99999", "x:y", "a/b?c", "a@b", "ü.example", "a\r\nHost: b"]) {
    for (const line of [
      "GET /users HTTP/1.0",
      "HEAD / HTTP/1.1",
      "POST /join HTTP/1.1",
      "OPTIONS /ws HTTP/1.1",
    ]) {
      const answer = await byHand(duet.port, line, `Host: ${host}`, "Content-Length: 0")
      expect([line, host, statusOf(answer)]).toEqual([line, host, 400])
    }
  }
  expect(await byHand(duet.port, "GET /users HTTP/1.1", "Host: a b")).toContain('"bad_host"')
  expect(duet.output()).not.toMatch(/ (warn|error) /)
})
