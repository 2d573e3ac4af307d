import { expect, test } from "bun:test"
import { decode } from "../../../src/web/sockets/dialects/decode.ts"
import { fullVocabulary } from "../../../src/web/sockets/dialects/duet-v1.ts"

const read = (raw: string) => decode(raw, fullVocabulary, 4000)
const nested = (depth: number) => `${"[".repeat(depth)}"${"x".repeat(2000)}"${"]".repeat(depth)}`
/** An object around, so that what nests in it is one deeper. */
const ping = (value: string) => `{"type":"ping","x":${value}}`

test("a long frame nests thirty-two arrays and objects at most (C26)", () => {
  expect(read(ping(nested(31)))).toEqual({ type: "ping" })
  expect(read(ping(nested(32)))).toMatchObject({ type: "error", code: "bad_frame" })
  expect(read(ping(`[${'{"a":'.repeat(40)}"${"x".repeat(2000)}"${"}".repeat(40)}]`))).toMatchObject({
    code: "bad_frame",
  })
})

test("a frame of at most 1,024 characters may nest as deeply as it likes, in what nobody reads (C26)", () => {
  const deep = (length: number) => {
    const brackets = Math.floor((length - ping("").length) / 2)
    return ping(`${"[".repeat(brackets)}${"]".repeat(brackets)}`).padEnd(length, " ")
  }
  expect(read(deep(1024))).toEqual({ type: "ping" })
  expect(read(deep(1025))).toMatchObject({ code: "bad_frame" })
})

test("brackets within a text nest nothing, whatever is escaped there (C26)", () => {
  const content = `${"[{".repeat(400)}\\"[[[${'\\\\"'.repeat(200)}\\`
  const frame = { type: "chat_message", receiver_id: "00000000-0000-8000-8000-00000000000b", content }
  expect(read(JSON.stringify(frame))).toMatchObject({ type: "say", content })
})

test("what is closed again nests no deeper (C26)", () => {
  expect(read(ping(`[${"[{}],".repeat(500)}1]`))).toEqual({ type: "ping" })
})
