import { afterAll, beforeAll, expect, test } from "bun:test"
import type { TSchema } from "@sinclair/typebox"
import { classicClientFrames, classicServerFrames } from "../../../src/wire/classic.ts"
import { clientFrames, serverFrames } from "../../../src/wire/duet-v1.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error" })
})

afterAll(async () => {
  await duet.stop()
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
    expect(duetV1.messages[`received_${type}`].payload).toEqual(payload(schema))
  }
  expect(Object.keys(classic.messages)).toHaveLength(Object.keys(classicServerFrames).length + 1)
  expect(classic.messages.received_chat_message.payload).toEqual(payload(classicClientFrames.chat_message))
  const { query } = duetV1.bindings.ws
  expect([Object.keys(query.properties), query.required]).toEqual([["after", "epoch"], undefined])
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
