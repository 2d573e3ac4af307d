import { afterAll, beforeAll, expect, test } from "bun:test"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { firstCheck, startHaproxy } from "./haproxy.ts"
import type { RunningProxy } from "./program.ts"

let duet: RunningDuet
let haproxy: RunningProxy | undefined

beforeAll(async () => {
  duet = await startDuet({ TRUST_PROXY: "1" })
  haproxy = await startHaproxy(duet.port)
})

afterAll(async () => {
  await haproxy?.stop()
  await duet?.stop()
})

test("HAProxy's health checks, by HTTP/1.0 without a Host, succeed (C51)", async () => {
  if (haproxy === undefined) return
  expect(await firstCheck(haproxy)).toBe("L7OK/200")
  expect(duet.output()).not.toMatch(/ (warn|error) /)
})

test("people talk through HAProxy (C51)", async () => {
  if (haproxy === undefined) return
  const page = await fetch(haproxy.url, { headers: { accept: "text/html" } })
  expect(await page.text()).toContain("Join chat")
  const [anna, ben] = [
    await ClassicClient.join(haproxy.url, "anna"),
    await ClassicClient.join(haproxy.url, "ben"),
  ]
  anna.say(ben.id, "hi")
  await ben.until(() => ben.contents.includes("hi"))
  for (const each of [anna, ben]) each.close()
})

test("the scheme and the Host that HAProxy passes on decide whether an origin is allowed (C51)", async () => {
  if (haproxy === undefined) return
  const post = (origin: string) =>
    fetch(`${haproxy?.url}/join`, { method: "POST", headers: { origin }, redirect: "manual" })
  expect((await post(haproxy.url)).status).toBe(303)
  expect((await post(haproxy.url.replace("http", "https"))).status).toBe(403)
})
