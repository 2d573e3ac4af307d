import { afterAll, beforeAll, expect, test } from "bun:test"
import type { ClassicClient, Frame } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { V1Client, type V1Options } from "../../support/v1-client.ts"

let duet: RunningDuet
const clients: ClassicClient[] = []

beforeAll(async () => {
  duet = await startDuet({ LEAVE_GRACE: "1", RESUME_WINDOW: "3", LOG_LEVEL: "error" })
})

afterAll(async () => {
  for (const client of clients) client.close()
  await duet.stop()
})

async function join(name: string, options: V1Options = {}): Promise<V1Client> {
  const client = await V1Client.join(duet.url, name, options)
  clients.push(client)
  return client
}

const isA = (type: string) => (frame: Frame) => frame.type === type

test("a new name follows the rules of names, and is told to those one talks with", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.say(ben.id, "hi")
  await ben.next(isA("chat_message"))
  anna.send({ type: "rename", name: "a\u202Eb" })
  expect((await anna.error("bad_frame")).message).toContain("`name`")
  anna.send({ type: "rename", name: "  Alma  K. " })
  const presence = await ben.next(({ type, name }) => type === "presence" && name === "Alma K.")
  expect(presence).toEqual({
    type: "presence",
    user_id: anna.id,
    name: "Alma K.",
    is_online: true,
    status: "online",
  })
})

test("who is watched is told of at once: away, gone, back", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.send({ type: "watch", user_ids: [ben.id] })
  await anna.next(({ type, user_id }) => type === "presence" && user_id === ben.id)
  ben.send({ type: "status", status: "away" })
  await anna.next(({ status }) => status === "away")
  ben.close()
  await anna.next(({ is_online }) => is_online === false)
  await join("ben", { key: ben.session.key ?? "" })
  await anna.until(() => anna.frames.findLast(isA("presence"))?.is_online === true)
})

test("the list comes once, and then what changes", async () => {
  const anna = await join("anna")
  const list = await anna.next(isA("user_list_update"))
  const ben = await join("diff ben")
  const diff = await anna.next(
    ({ type, joined }) => type === "presence_diff" && JSON.stringify(joined).includes(ben.id),
  )
  expect(Number(diff.version)).toBeGreaterThan(Number(list.version))
  expect(diff.joined).toContainEqual({ id: ben.id, name: "diff ben", is_online: true })
  ben.send({ type: "leave" })
  expect((await ben.closed.promise).code).toBe(4410)
  await anna.next(({ type, left }) => type === "presence_diff" && JSON.stringify(left).includes(ben.id))
  expect(anna.frames.filter(isA("user_list_update"))).toHaveLength(1)
})

test("a blocked user notices nothing, and nothing of theirs arrives", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.send({ type: "block", user_id: ben.id })
  anna.send({ type: "ping" })
  await anna.next(isA("pong"))
  ben.send({ type: "typing", receiver_id: anna.id, is_typing: true })
  ben.say(anna.id, "unheard")
  await ben.next(isA("chat_message"))
  anna.send({ type: "unblock", user_id: ben.id })
  anna.send({ type: "rename", name: "unblocked" })
  await anna.next(({ name, type }) => type === "presence" && name === "unblocked")
  ben.say(anna.id, "heard")
  await anna.next(isA("chat_message"))
  expect(anna.contents).toEqual(["heard"])
  expect(anna.frames.some(isA("typing"))).toBe(false)
  anna.send({ type: "ack", seq: 1 })
  await ben.next(({ status }) => status === "delivered")
  anna.send({ type: "leave" })
  const lost = await ben.next(({ status }) => status === "undelivered")
  expect(lost.message_id).toBe(ben.idOf("unheard"))
})

test("one socket too many closes the oldest with 4409", async () => {
  const first = await join("anna")
  for (let i = 0; i < 10; i++) await join("anna", { key: first.session.key ?? "" })
  expect((await first.closed.promise).code).toBe(4409)
})

test("many sockets with one key are one user", async () => {
  const first = await join("anna")
  const second = await join("anna", { key: first.session.key ?? "" })
  const ben = await join("ben")
  second.send({ type: "chat_message", receiver_id: ben.id, content: "from the second", client_id: "c1" })
  await first.until(() => first.contents.includes("from the second"))
  ben.say(first.id, "to both")
  await Promise.all([first, second].map((each) => each.until(() => each.contents.includes("to both"))))
})
