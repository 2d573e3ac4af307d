import type { ClientFrame, ClientFrameOf, ServerFrame, ServerFrameOf } from "../src/wire/duet-v1.ts"

export type { ClientFrame, ServerFrame }

/** A message. This client gives each a `client_id`, so that a repeat is harmless. */
export type SayFrame = ClientFrameOf<"chat_message"> & { readonly client_id: string }

/** Commands beside messages: each must reach the session, and may reach it twice. */
export type Command = Exclude<
  ClientFrame,
  { readonly type: "chat_message" | "ack" | "typing" | "leave" | "ping" }
>

export type Established = ServerFrameOf<"connection_established">
export type MessageFrame = ServerFrameOf<"chat_message">
export type StatusFrame = ServerFrameOf<"message_status">
export type ChangeFrame = ServerFrameOf<"message_changed">
export type PresenceFrame = ServerFrameOf<"presence">
export type UserListFrame = ServerFrameOf<"user_list_update">
export type PresenceDiffFrame = ServerFrameOf<"presence_diff">
export type ErrorFrame = ServerFrameOf<"error">

/** `undefined` when this is no JSON object: then the other end is not Duet. */
export function parseFrame(raw: unknown): ServerFrame | undefined {
  try {
    const frame: ServerFrame | null = JSON.parse(String(raw))
    return typeof frame === "object" && frame !== null ? frame : undefined
  } catch {
    return undefined
  }
}
