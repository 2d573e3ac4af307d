import { expect, test } from "bun:test"
import { faultInFrame, faultInStatus, faultInText } from "../promises.ts"
import { Random } from "../random.ts"
import { frameBytes, frameKinds, mutatedFrame, opcodes } from "./frames/bytes.ts"
import { mutatedWords, rightWords, wordKinds } from "./frames/words.ts"
import { mutatedRequest, requestKinds } from "./http/requests.ts"
import { headLength, readFrames, readStatuses } from "./wire.ts"

const known = { ids: ["a"], messages: ["m"], cookies: ["duet=x"] }
const head = Buffer.from("HTTP/1.1 101 Switching Protocols\r\n\r\n")

test("a frame is masked, and its length has the shortest form (RFC 6455, 5.7)", () => {
  const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d])
  expect(frameBytes("Hello", { mask }).toString("hex")).toBe("818537fa213d7f9f4d5158")
  expect([125, 126, 65_535, 65_536].map((size) => frameBytes("x".repeat(size)).length - size)).toEqual([
    6, 8, 8, 14,
  ])
})

test("any part of a frame can be made wrong", () => {
  expect(frameBytes("a", { fin: false, rsv: 4, opcode: 3, masked: false }).toString("hex")).toBe("430161")
  expect(frameBytes("", { claims: 2n ** 64n - 1n, masked: false }).toString("hex")).toBe(
    "817fffffffffffffffff",
  )
  expect(frameBytes("a", { form: 2, masked: false }).toString("hex")).toBe("817e000161")
})

test("the reader splits a server's bytes into frames, and leaves out an incomplete one", () => {
  const unmasked = (text: string) => frameBytes(text, { masked: false })
  const bytes = Buffer.concat([head, unmasked("a"), unmasked("b".repeat(300)), unmasked("c").subarray(0, 2)])
  expect(headLength(bytes)).toBe(head.length)
  expect(readFrames(bytes).map(({ payload }) => payload.length)).toEqual([1, 300])
  expect(readStatuses(bytes)).toEqual([101])
})

test("a seed repeats its inputs, and in time makes every kind of them", () => {
  const inputs = (seed: number) => {
    const random = new Random(seed)
    return Array.from({ length: 2000 }, () => [
      mutatedFrame(rightWords(known, random), random),
      mutatedRequest(known, "198.18.0.1", random),
      { kind: mutatedWords(known, random), bytes: Buffer.alloc(0) },
    ])
  }
  const [some, again, others] = [inputs(7), inputs(7), inputs(8)]
  const bytes = (all: typeof some) => all.flat().map(({ bytes }) => bytes.toString("hex"))
  const kindsAt = (place: number) => new Set(some.map((each) => each[place]?.kind))
  expect(bytes(some)).toEqual(bytes(again))
  expect(bytes(some)).not.toEqual(bytes(others))
  expect(kindsAt(0)).toEqual(new Set(frameKinds))
  expect(kindsAt(1)).toEqual(new Set(requestKinds))
})

test("every command of the protocol is among the valid frames", () => {
  const random = new Random(1)
  const said = Array.from({ length: 1000 }, () => String(JSON.parse(rightWords(known, random)).type))
  expect(new Set(said)).toEqual(new Set(wordKinds))
})

test("the checks find unknown codes and types, a failed session, broken frames and a 500", () => {
  const text = (said: object) => faultInText(JSON.stringify(said), "duet.v1")
  expect(text({ type: "error", code: "bad_json", message: "x" })).toBeUndefined()
  expect(text({ type: "error", code: "oops", message: "x" })).toContain("against its schema")
  expect(text({ type: "surprise" })).toContain("surprise")
  expect(faultInText("{", "classic")).toContain("no JSON")
  const close = (code: number, reason: string) => {
    const payload = Buffer.concat([Buffer.from([code >> 8, code & 255]), Buffer.from(reason)])
    return faultInFrame({ opcode: opcodes.close, isOdd: false, payload }, "classic")
  }
  expect(close(4429, "too many bad frames")).toBeUndefined()
  expect(close(1011, "the session failed, join again")).toBe("a session failed")
  expect(close(4000, "")).toBe("closed with 4000")
  expect(faultInFrame({ opcode: 1, isOdd: true, payload: Buffer.from("{}") }, "classic")).toContain(
    "in pieces",
  )
  expect([200, 101, 429, 503].map(faultInStatus)).toEqual([undefined, undefined, undefined, undefined])
  expect(faultInStatus(500)).toBe("answered 500")
})
