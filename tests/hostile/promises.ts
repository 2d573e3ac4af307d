import { FormatRegistry, type TSchema } from "@sinclair/typebox"
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler"
import { classicServerFrames } from "../../src/wire/classic.ts"
import { closings } from "../../src/wire/close-codes.ts"
import { serverFrames } from "../../src/wire/duet-v1.ts"
import { pageFrames } from "../../src/wire/page.ts"
import { opcodes } from "./attacks/frames/bytes.ts"
import type { ServerFrame } from "./attacks/wire.ts"

/** The dialect of the client. */
export type Speech = "classic" | "duet.v1" | "page"

/** Checks of what a server may send, whatever the input. Each returns what is wrong, or `undefined`. */
export function faultInFrame(frame: ServerFrame, speech: Speech, mayEcho = false): string | undefined {
  if (frame.isOdd) return `a frame with opcode ${frame.opcode} that is in pieces, masked or has reserved bits`
  if (frame.opcode === opcodes.text) return faultInText(frame.payload.toString(), speech)
  if (frame.opcode === opcodes.ping || frame.opcode === opcodes.pong) return undefined
  if (frame.opcode !== opcodes.close) return `opcode ${frame.opcode}`
  if (frame.payload.length < 2) return undefined
  return faultInClose(frame.payload.readUInt16BE(0), frame.payload.toString("utf8", 2), mayEcho)
}

/** The close codes of `docs/protocol.md`, without 1011: no input may make a session fail. */
const closeCodes = [1000, 1001, 1002, 1005, 1006, 1007, 1009, 1012, 1013, 4409, 4410, 4429]

/** The server answers a client's close with the client's code. */
export function faultInClose(code: number, reason: string, mayEcho = false): string | undefined {
  if (reason === closings.failed.reason) return "a session failed"
  return closeCodes.includes(code) || mayEcho ? undefined : `closed with ${code}`
}

// The validator does not know the schemas' format by itself.
FormatRegistry.Set("date-time", (text) => new Date(text).toJSON() === text)

/** The only frame that is the same in all dialects. */
const pong = '{"type":"pong"}'

const checks: Readonly<Record<Speech, ReadonlyMap<string, TypeCheck<TSchema>>>> = {
  classic: compile(classicServerFrames),
  "duet.v1": compile(serverFrames),
  page: compile(pageFrames),
}

export function faultInText(text: string, speech: Speech): string | undefined {
  const said = parse(text)
  if (typeof said !== "object" || said === null) return `a text that is no JSON object: ${text.slice(0, 200)}`
  if (speech === "page" && text === pong) return undefined
  const name = speech === "page" ? "event" : "type"
  const type = String(new Map<string, unknown>(Object.entries(said)).get(name))
  const check = checks[speech].get(type)
  if (check === undefined) return `a frame of type ${type}, which ${speech} does not have`
  const error = check.Errors(said).First()
  return error && `a frame of type ${type} against its schema: ${error.path} ${error.message}`
}

/** Every response has a status that says what went wrong, and no input causes a failure of the server. */
export function faultInStatus(status: number): string | undefined {
  // 505 is the right status for an unknown version of HTTP.
  const isProper = (status >= 100 && status < 500) || status === 503 || status === 505
  return isProper ? undefined : `answered ${status}`
}

/** An error of the API names its code and says what to do. */
export function faultInErrorBody(status: number, type: string | null, body: string): string | undefined {
  if (status < 400 || status === 503 || !type?.startsWith("application/json")) return undefined
  const said = parse(body)
  const error = typeof said === "object" && said !== null && "error" in said ? said.error : undefined
  const isNamed =
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    "message" in error &&
    error.message !== ""
  return isNamed ? undefined : `a ${status} whose body names no error: ${body.slice(0, 200)}`
}

/** Whether a log line reports a failure of the server: an actor or a request that threw. */
export function faultInLog(line: string): boolean {
  return /an actor failed|a request failed|a handler failed|unhandled|uncaught|\b\w*Error:/i.test(line)
}

function compile(schemas: Readonly<Record<string, TSchema>>): ReadonlyMap<string, TypeCheck<TSchema>> {
  return new Map(Object.entries(schemas).map(([type, schema]) => [type, TypeCompiler.Compile(schema)]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
