import type { Command } from "../../../chat/session/session-message.ts"
import type { ErrorFrame } from "../../../wire/duet-v1.ts"
import type { ErrorCode } from "../../../wire/error-codes.ts"
import type { Ping, Vocabulary } from "./vocabulary.ts"

/** A frame from a client, read: a command for its session, or why it is none. */
export type Decoded = Command | Ping | ErrorFrame

/**
 * Reads one frame. `contentLimit` is in code points, 0 for none. Content is checked for its length
 * and for being more than white space, and otherwise left as it is.
 */
export function decode(raw: string | Uint8Array, vocabulary: Vocabulary, contentLimit: number): Decoded {
  if (typeof raw !== "string") return bad("bad_frame", "Binary frames are not understood: send JSON as text.")
  if (raw.length > shallow && isTooDeep(raw)) {
    return bad(
      "bad_frame",
      `A frame of more than ${shallow} characters nests at most ${deepest} arrays and objects: send a flat one.`,
    )
  }
  const frame = parse(raw)
  if (frame === undefined) return bad("bad_json", "This is not JSON: send one JSON object a frame.")
  if (!isObject(frame)) return bad("bad_frame", "A frame is a JSON object with a `type`.")
  const read = typeof frame.type === "string" ? vocabulary.get(frame.type) : undefined
  if (read === undefined) {
    return bad(
      "bad_frame",
      `\`type\` is missing or unknown: it is one of ${[...vocabulary.keys()].join(", ")}.`,
    )
  }
  const command = read(frame)
  if (typeof command === "string") return { ...bad("bad_frame", command), ...addressOf(frame) }
  if (command.type !== "say") return command
  const refused = checkContent(command.content, contentLimit)
  return refused === undefined ? command : { ...refused, ...addressOf(frame) }
}

function checkContent(content: string, limit: number): ErrorFrame | undefined {
  if (content.trim() === "") return bad("empty", "There is nothing in this message: write something.")
  if (limit === 0 || content.length <= limit || codePoints(content) <= limit) return undefined
  return bad("too_long", `A message has at most ${limit} characters: send it in parts.`)
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function bad(code: ErrorCode, message: string): ErrorFrame {
  return { type: "error", code, message }
}

/** What lets a client find the message that a refusal is about. */
function addressOf(frame: Record<string, unknown>): Partial<ErrorFrame> {
  const { receiver_id, client_id, message_id } = frame
  return {
    ...(typeof message_id === "string" && message_id.length <= 64 && { message_id }),
    ...(typeof receiver_id === "string" && receiver_id.length <= 64 && { receiver_id }),
    ...(typeof client_id === "string" && client_id.length <= 64 && { client_id }),
  }
}

/** A frame that is no longer than this is read in no time, whatever is in it. In UTF-16 code units. */
const shallow = 1024

/** No frame that is understood nests deeper than three. */
const deepest = 32

/** Reading brackets within brackets takes a hundred times as long as reading as much text. */
function isTooDeep(raw: string): boolean {
  let depth = 0
  let inText = false
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i)
    if (inText) {
      if (code === backslash) i++
      else if (code === quote) inText = false
    } else if (code === quote) inText = true
    else if (code === bracket || code === brace) {
      if (++depth > deepest) return true
    } else if (code === bracket + 2 || code === brace + 2) depth--
  }
  return false
}

/** The closing ones are two further. */
const [quote, backslash, bracket, brace] = [0x22, 0x5c, 0x5b, 0x7b]

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
