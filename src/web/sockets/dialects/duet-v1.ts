import type { PeopleList, PeopleNews } from "../../../chat/presence/announcer.ts"
import type { SessionEvent } from "../../../chat/session/outlet.ts"
import type { Encoding } from "./dialect.ts"
import { errorFrame } from "./error-frame.ts"
import { fullVocabulary } from "./frames.ts"
import { largestList } from "./largest-list.ts"
import { numberedFrame } from "./message-frame.ts"

/** The terms that a session is offered on, as `connection_established` tells them. */
export interface Terms {
  readonly window_seconds: number
  readonly limits: {
    readonly content_characters: number
    readonly frame_bytes: number
    readonly messages_per_second: number
    readonly burst: number
    readonly heartbeat_seconds: number
  }
}

/** `duet.v1`: the classic protocol with identity, resume, acknowledgement and all that is said about messages. */
export function duetV1({ window_seconds, limits }: Terms): Encoding {
  return {
    name: "duet.v1",
    vocabulary: fullVocabulary,
    attended: false,
    acknowledges: true,
    showsAway: false,
    listed: 200,
    largest: largestList,
    event,
    people,
    news,

    welcome({ id, name, resumed, seq, epoch }, key) {
      return JSON.stringify({
        type: "connection_established",
        user_id: id,
        name,
        session: { ...(key !== undefined && { key }), resumed, seq, epoch, window_seconds },
        limits,
      })
    },
  }
}

function event(event: SessionEvent): string | undefined {
  switch (event.type) {
    case "message":
      return numberedFrame(event.message, event.seq, event.clientId)
    case "progress":
      return statusFrame(event.peerId, event.messageId, event.progress)
    case "undelivered":
      return statusFrame(event.peerId, event.messageId, "undelivered", event.reason)
    case "reactions": {
      const reactions = [...event.reactions].map(([user_id, emoji]) => ({ user_id, emoji }))
      return changeFrame(event.peerId, event.messageId, { reactions })
    }
    case "unsent":
      return changeFrame(event.peerId, event.messageId, { unsent: true })
    case "typing":
      return JSON.stringify({ type: "typing", user_id: event.userId, is_typing: event.isTyping })
    case "presence": {
      if (event.ofMark) return undefined
      const { id, name, online, away } = event.person
      const status = online && !away ? "online" : online ? "away" : "offline"
      return JSON.stringify({ type: "presence", user_id: id, name, is_online: online, status })
    }
    case "resync":
      return JSON.stringify({ type: "resync", from: event.from })
    case "error":
      return errorFrame(event)
    case "talks":
    case "talks-changed":
      return undefined
  }
}

function people({ version, members, total }: PeopleList): string {
  return JSON.stringify({ type: "user_list_update", version, users: members.map(userOf), total })
}

function news({ version, joined, left, total }: PeopleNews, partial: boolean): string {
  if (partial) return JSON.stringify({ type: "presence_diff", version, joined: [], left: [], total, partial })
  return JSON.stringify({ type: "presence_diff", version, joined: joined.map(userOf), left, total })
}

function userOf({ id, name }: { readonly id: string; readonly name: string }) {
  return { id, name, is_online: true }
}

function statusFrame(peer_id: string, message_id: string, status: string, reason?: string): string {
  return JSON.stringify({ type: "message_status", peer_id, message_id, status, reason })
}

function changeFrame(peer_id: string, message_id: string, change: object): string {
  return JSON.stringify({ type: "message_changed", peer_id, message_id, ...change })
}
