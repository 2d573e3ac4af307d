/** The frames of `duet.v1`, exactly as they are on the wire: see `docs/protocol.md`. */
import type { DuetErrorCode } from "./error-codes.ts"

export type ClientFrame = SayFrame | Command | { readonly type: "ack"; readonly seq: number } | Transient

export interface SayFrame {
  readonly type: "chat_message"
  readonly receiver_id: string
  readonly content: string
  readonly client_id: string
  readonly reply_to?: string
}

/** Commands beside messages: each must reach the session, and may reach it twice. */
export type Command =
  | { readonly type: "seen"; readonly peer_id: string; readonly message_id: string }
  | {
      readonly type: "react"
      readonly peer_id: string
      readonly message_id: string
      readonly emoji: string | null
    }
  | { readonly type: "unsend"; readonly peer_id: string; readonly message_id: string }
  | { readonly type: "rename"; readonly name: string }
  | { readonly type: "watch" | "unwatch"; readonly user_ids: readonly string[] }
  | { readonly type: "status"; readonly status: "online" | "away" }
  | { readonly type: "block" | "unblock"; readonly user_id: string }

/** Frames that are not sent again after a loss. */
export type Transient =
  | { readonly type: "typing"; readonly receiver_id: string; readonly is_typing: boolean }
  | { readonly type: "leave" }
  | { readonly type: "ping" }

export interface Established {
  readonly type: "connection_established"
  readonly user_id: string
  readonly name: string
  readonly session: {
    readonly resumed: boolean
    readonly seq: number
    readonly epoch: string
    readonly window_seconds: number
  }
  readonly limits: {
    readonly content_characters: number
    readonly frame_bytes: number
    readonly messages_per_second: number
    readonly burst: number
    readonly heartbeat_seconds: number
  }
}

export interface MessageFrame {
  readonly type: "chat_message"
  readonly seq: number
  readonly client_id?: string
  readonly message: {
    readonly id: string
    readonly sender_id: string
    readonly receiver_id: string
    readonly content: string
    readonly timestamp: string
    readonly reply_to?: string
  }
}

export interface StatusFrame {
  readonly type: "message_status"
  readonly peer_id: string
  readonly message_id: string
  readonly status: "delivered" | "seen" | "undelivered"
  readonly reason?: "left" | "overflow" | "failed"
}

export interface ChangeFrame {
  readonly type: "message_changed"
  readonly peer_id: string
  readonly message_id: string
  readonly reactions?: readonly { readonly user_id: string; readonly emoji: string }[]
  readonly unsent?: boolean
}

export interface TypingFrame {
  readonly type: "typing"
  readonly user_id: string
  readonly is_typing: boolean
}

export interface PresenceFrame {
  readonly type: "presence"
  readonly user_id: string
  readonly name: string
  readonly is_online: boolean
  readonly status: "online" | "away" | "offline"
}

export interface UserRecord {
  readonly id: string
  readonly name: string
}

export interface UserListFrame {
  readonly type: "user_list_update"
  readonly users: readonly UserRecord[]
  readonly total: number
}

export interface PresenceDiffFrame {
  readonly type: "presence_diff"
  readonly joined: readonly UserRecord[]
  readonly left: readonly string[]
  readonly total: number
  readonly partial?: boolean
}

export interface ErrorFrame {
  readonly type: "error"
  readonly code: DuetErrorCode
  readonly message: string
  readonly receiver_id?: string
  readonly message_id?: string
  readonly client_id?: string
  readonly retry_after_ms?: number
}

export type ServerFrame =
  | Established
  | MessageFrame
  | StatusFrame
  | ChangeFrame
  | TypingFrame
  | PresenceFrame
  | UserListFrame
  | PresenceDiffFrame
  | ErrorFrame
  | { readonly type: "resync"; readonly from: number }
  | { readonly type: "pong" }

/** `undefined` when this is no JSON object: then the other end is not Duet. */
export function parseFrame(raw: unknown): ServerFrame | undefined {
  try {
    const frame: ServerFrame | null = JSON.parse(String(raw))
    return typeof frame === "object" && frame !== null ? frame : undefined
  } catch {
    return undefined
  }
}
