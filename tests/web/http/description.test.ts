import { afterAll, beforeAll, expect, test } from "bun:test"
import { join } from "node:path"
import type { TSchema } from "@sinclair/typebox"
import { Value } from "@sinclair/typebox/value"
import { classicFrame, clientFrames, fullVocabulary } from "../../../src/web/sockets/dialects/frames.ts"
import { classicServerFrames, serverFrames } from "../../../src/web/sockets/dialects/server-frames.ts"
import { ClassicClient, type Frame } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { V1Client } from "../../support/v1-client.ts"

const page = await Bun.file(join(import.meta.dir, "../../../docs/protocol.md")).text()
let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", MESSAGE_BURST: "14", LEAVE_GRACE: "0" })
})

afterAll(async () => {
  await duet.stop()
})

/** The fields of each type in a table of docs/protocol.md, optional ones with `?`. */
function fieldsIn(heading: string): Record<string, string[]> {
  const section = page.split(`#### ${heading}`)[1]?.split("\n#")[0] ?? ""
  const rows = [...section.matchAll(/^\| `(\w+)` \|([^|]*)\|/gm)]
  return Object.fromEntries(
    rows.map(([, type, fields = ""]) => [
      type,
      [...fields.matchAll(/`(\w+)`(\??)/g)].map(([, name, mark]) => `${name}${mark}`).sort(),
    ]),
  )
}

function fieldsOf(schema: TSchema): string[] {
  const required: readonly string[] = schema.required ?? []
  return Object.keys(schema.properties)
    .filter((name) => name !== "type")
    .map((name) => (required.includes(name) ? name : `${name}?`))
    .sort()
}

test("docs/protocol.md lists every frame of a client with the fields of its schema", () => {
  const checked = Object.entries(clientFrames).map(([type, schema]) => [type, fieldsOf(schema)])
  expect(fieldsIn("Client to server")).toEqual(Object.fromEntries(checked))
  expect([...fullVocabulary.keys()]).toEqual(Object.keys(clientFrames))
})

test("docs/protocol.md lists every frame of the server with the fields of its schema", () => {
  const described = Object.entries(serverFrames).map(([type, schema]) => [type, fieldsOf(schema)])
  expect(fieldsIn("Server to client")).toEqual(Object.fromEntries(described))
})

test("GET /asyncapi.json is AsyncAPI 3 from the same schemas", async () => {
  const document = JSON.parse(await (await fetch(`${duet.url}/asyncapi.json`)).text())
  expect(document.asyncapi).toBe("3.0.0")
  const { classic, duetV1 } = document.channels
  const payload = (schema: TSchema) => JSON.parse(JSON.stringify(schema))
  for (const [type, schema] of Object.entries(serverFrames)) {
    expect(duetV1.messages[`sent_${type}`].payload).toEqual(payload(schema))
  }
  for (const [type, schema] of Object.entries(clientFrames)) {
    expect(duetV1.messages[`received_${type}`].payload.properties).toMatchObject(payload(schema).properties)
  }
  expect(Object.keys(classic.messages)).toHaveLength(Object.keys(classicServerFrames).length + 1)
  expect(classic.messages.received_chat_message.payload.properties).toMatchObject(
    payload(classicFrame).properties,
  )
  for (const { messages } of Object.values<{ messages: { $ref: string }[] }>(document.operations)) {
    for (const { $ref } of messages) {
      const found = $ref
        .slice(2)
        .split("/")
        .reduce((at, name) => at?.[name], document)
      expect(found?.name).toMatch(/^\w+$/)
    }
  }
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
  const check = (frames: readonly Frame[], schemas: Readonly<Record<string, TSchema>>) => {
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
