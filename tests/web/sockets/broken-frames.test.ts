import { afterAll, beforeAll, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { RawSocket } from "../../support/raw-socket.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error" })
})

afterAll(() => duet.stop())

const mask = [0, 0, 0, 0]
const broken: [number, string, number[]][] = [
  [1002, "a frame without a mask", [0x81, 2, 0x68, 0x69]],
  [1002, "a reserved bit", [0xc1, 0x82, ...mask, 0x68, 0x69]],
  [1002, "an opcode that there is none", [0x83, 0x80, ...mask]],
  [1002, "a continuation of nothing", [0x80, 0x81, ...mask, 0x68]],
  [1002, "a ping in pieces", [0x09, 0x80, ...mask]],
  [1007, "text that is no UTF-8", [0x81, 0x82, ...mask, 0xff, 0xfe]],
]

test("a client that breaks the WebSocket protocol is closed with 1002, one that breaks UTF-8 with 1007 (C52)", async () => {
  for (const [code, what, bytes] of broken) {
    const raw = await RawSocket.open(duet.port, "/ws/anna")
    let said = ""
    raw.tcp.on("data", (chunk) => {
      said += chunk.toString("hex")
    })
    raw.tcp.write(Buffer.from(bytes))
    await new Promise((resolve) => raw.tcp.on("close", resolve))
    const closing = new RegExp(`88..${code.toString(16).padStart(4, "0")}`)
    expect([what, closing.test(said)]).toEqual([what, true])
  }
  expect(duet.output()).not.toContain("a socket failed")
})
