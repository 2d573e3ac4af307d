import { afterEach, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { V1Client } from "../../support/v1-client.ts"

let duet: RunningDuet | undefined

afterEach(async () => {
  await duet?.stop()
})

async function start(env: Record<string, string>): Promise<string> {
  duet = await startDuet({ LOG_LEVEL: "error", ...env })
  return duet.url
}

test("JOURNAL_MESSAGES bounds the messages held for a resume", async () => {
  const url = await start({ JOURNAL_MESSAGES: "3" })
  const [anna, ben] = [await V1Client.join(url, "anna"), await V1Client.join(url, "ben")]
  for (let i = 0; i < 6; i++) anna.say(ben.id, `message ${i}`)
  await ben.until(() => ben.contents.length === 6)
  const again = await V1Client.join(url, "ben", { key: ben.session.key ?? "", cursor: ben.at(1) })
  await again.until(() => again.contents.length === 3)
  expect(again.frames[1]).toEqual({ type: "resync", from: 4 })
})

test("JOURNAL_BYTES bounds their bytes", async () => {
  const url = await start({ JOURNAL_BYTES: "1000" })
  const [anna, ben] = [await V1Client.join(url, "anna"), await V1Client.join(url, "ben")]
  for (let i = 0; i < 4; i++) anna.say(ben.id, `${i}`.repeat(400))
  await ben.until(() => ben.contents.length === 4)
  const again = await V1Client.join(url, "ben", { key: ben.session.key ?? "" })
  await again.until(() => again.contents.length === 2)
  expect(again.contents.map((content) => content[0])).toEqual(["2", "3"])
})

test("CONNECTIONS_PER_USER closes the oldest socket beyond it", async () => {
  const url = await start({ CONNECTIONS_PER_USER: "1" })
  const first = await V1Client.join(url, "anna")
  const second = await V1Client.join(url, "anna", { key: first.session.key ?? "" })
  expect((await first.closed.promise).code).toBe(4409)
  expect(second.session.resumed).toBe(true)
})

test("CONNECTIONS_PER_IP bounds the open sockets, with LIMIT_PRIVATE for private addresses too", async () => {
  const url = await start({ CONNECTIONS_PER_IP: "2", LIMIT_PRIVATE: "1" })
  const first = await V1Client.join(url, "one")
  await V1Client.join(url, "two")
  const third = await fetch(`${url}/ws/three`, { headers: { upgrade: "websocket", connection: "Upgrade" } })
  expect(third.status).toBe(429)
  expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0)
  first.close()
  await first.closed.promise
  await V1Client.join(url, "three")
})

test("PRESENCE_BUDGET makes a diff partial that would cost too much", async () => {
  const url = await start({ PRESENCE_BUDGET: "300", LEAVE_GRACE: "0" })
  const anna = await V1Client.join(url, "anna")
  await anna.next(({ type }) => type === "user_list_update")
  const others = await Promise.all(Array.from({ length: 5 }, (_, i) => V1Client.join(url, `other ${i}`)))
  const diff = await anna.next(({ type }) => type === "presence_diff")
  expect(diff).toEqual({
    type: "presence_diff",
    version: expect.any(Number),
    joined: [],
    left: [],
    total: 6,
    partial: true,
  })
  for (const other of others) other.close()
})
