import { afterAll, beforeAll, expect, test } from "bun:test"
import { Value } from "@sinclair/typebox/value"
import { classicClientFrames, classicServerFrames } from "../../src/wire/classic.ts"
import { clientFrames, serverFrames } from "../../src/wire/duet-v1.ts"
import { pageFrames } from "../../src/wire/page.ts"
import type { Frames } from "../../src/wire/schema.ts"
import { ClassicClient, type Frame } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { V1Client } from "../support/v1-client.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", MESSAGE_BURST: "14", LEAVE_GRACE: "0" })
})

afterAll(async () => {
  await duet.stop()
})

test("each frame stands under its own type or event", () => {
  const byType: readonly Frames[] = [classicClientFrames, classicServerFrames, clientFrames, serverFrames]
  for (const frames of byType) {
    for (const [name, { properties }] of Object.entries(frames)) expect(properties.type.const).toBe(name)
  }
  const byEvent: Frames = pageFrames
  for (const [name, { properties }] of Object.entries(byEvent)) expect(properties.event.const).toBe(name)
})

test("every frame of the server matches its schema", async () => {
  const [anna, ben] = [await V1Client.join(duet.url, "anna"), await V1Client.join(duet.url, "ben")]
  const cleo = await ClassicClient.join(duet.url, "cleo")
  await anna.next(({ type }) => type === "user_list_update")
  anna.send({
    type: "chat_message",
    receiver_id: ben.id,
    content: "hi",
    client_id: "c",
    reply_to: crypto.randomUUID(),
  })
  await ben.next(({ type }) => type === "chat_message")
  const message_id = ben.idOf("hi")
  ben.send({ type: "ack", seq: 1 })
  ben.send({ type: "seen", peer_id: anna.id, message_id })
  ben.send({ type: "react", peer_id: anna.id, message_id, emoji: "👍" })
  ben.send({ type: "typing", receiver_id: anna.id, is_typing: true })
  ben.send({ type: "ping" })
  anna.say(cleo.id, "hello")
  cleo.say(anna.id, "hello")
  cleo.say("nobody", "hello")
  cleo.send("{")
  await anna.next(({ type }) => type === "typing")
  anna.send({ type: "unsend", peer_id: ben.id, message_id })
  await ben.next(({ unsent }) => unsent === true)
  anna.say(ben.id, "lost")
  await ben.until(() => ben.contents.includes("lost"))
  ben.send({ type: "leave" })
  await anna.next(({ status }) => status === "undelivered")
  for (let i = 0; i < 15; i++) anna.say(ben.id, "gone")
  await anna.error("rate_limited")
  await anna.next(({ type, left }) => type === "presence_diff" && JSON.stringify(left).includes(ben.id))
  const key = anna.session.key ?? ""
  const again = await V1Client.join(duet.url, "anna", { key, cursor: anna.at(0) })
  await again.next(({ type }) => type === "user_list_update")

  const seen = new Set<string>()
  const check = (frames: readonly Frame[], schemas: Frames) => {
    for (const frame of frames) {
      const schema = schemas[frame.type]
      const errors = schema === undefined ? ["unknown type"] : [...Value.Errors(schema, frame)]
      const wrong = errors.map((error) =>
        typeof error === "string" ? error : `${error.path} ${error.message}`,
      )
      expect([frame.type, wrong.filter((each) => !each.includes("Unknown format"))]).toEqual([frame.type, []])
      seen.add(frame.type)
    }
  }
  for (const client of [anna, ben, again]) check(client.frames, serverFrames)
  expect([...seen].sort()).toEqual(
    Object.keys(serverFrames)
      .filter((type) => type !== "resync")
      .sort(),
  )
  check(cleo.frames, classicServerFrames)
  for (const client of [anna, cleo, again]) client.close()
})
