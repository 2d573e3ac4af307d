import { checkName } from "../../../chat/names.ts"
import type { PeopleList, PeopleNews } from "../../../chat/presence/announcer.ts"
import type { Command, SessionEvent } from "../../../chat/session/session-message.ts"
import { isEmoji } from "../../../unicode/emoji.ts"
import { clientFrames, type ServerFrame, type ServerFrameOf } from "../../../wire/duet-v1.ts"
import type { Draft } from "../../../wire/schema.ts"
import type { Encoding } from "./dialect.ts"
import { largestList } from "./largest-list.ts"
import { numberedFrame } from "./message-frame.ts"
import { vocabularyOf } from "./vocabulary.ts"

type Established = ServerFrameOf<"connection_established">

/** The terms that a session is offered on, as `connection_established` tells them. */
export interface Terms extends Pick<Established["session"], "window_seconds">, Pick<Established, "limits"> {}

/** The commands of a client, and of the page. */
export const fullVocabulary = vocabularyOf(clientFrames, {
  chat_message: ({ receiver_id, content, client_id, reply_to }) => ({
    type: "say",
    receiverId: receiver_id,
    content,
    clientId: client_id,
    replyTo: reply_to,
  }),
  ack: ({ seq }) => ({ type: "ack", seq }),
  seen: ({ peer_id, message_id }) => ({ type: "seen", peerId: peer_id, messageId: message_id }),
  typing: ({ receiver_id, is_typing }) => ({ type: "typing", receiverId: receiver_id, isTyping: is_typing }),
  react: ({ peer_id, message_id, emoji }) =>
    emoji === null || isEmoji(emoji)
      ? { type: "react", peerId: peer_id, messageId: message_id, emoji }
      : "`emoji` is wrong: it is one emoji of the standard (RGI), or null.",
  unsend: ({ peer_id, message_id }) => ({ type: "unsend", peerId: peer_id, messageId: message_id }),
  rename: ({ name }) => renameTo(name),
  watch: ({ user_ids }) => ({ type: "watch", userIds: eachOnce(user_ids) }),
  unwatch: ({ user_ids }) => ({ type: "unwatch", userIds: user_ids }),
  status: ({ status }) => ({ type: "status", away: status === "away" }),
  block: ({ user_id }) => ({ type: "block", userId: user_id }),
  unblock: ({ user_id }) => ({ type: "unblock", userId: user_id }),
  leave: () => ({ type: "leave" }),
  ping: () => ({ type: "ping" }),
})

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
      return written({
        type: "connection_established",
        user_id: id,
        name,
        session: { ...(key !== undefined && { key }), resumed, seq, epoch, window_seconds },
        limits,
      })
    },

    error({ code, message, receiver_id, message_id, client_id, retry_after_ms }) {
      return written({ type: "error", code, message, receiver_id, message_id, client_id, retry_after_ms })
    },
  }
}

function event(event: SessionEvent): string | undefined {
  switch (event.type) {
    case "message":
      return numberedFrame(event.message, event.seq, event.clientId)
    case "progress":
      return written({
        type: "message_status",
        peer_id: event.peerId,
        message_id: event.messageId,
        status: event.progress,
      })
    case "undelivered":
      return written({
        type: "message_status",
        peer_id: event.peerId,
        message_id: event.messageId,
        status: "undelivered",
        reason: event.reason,
      })
    case "reactions": {
      const reactions = [...event.reactions].map(([user_id, emoji]) => ({ user_id, emoji }))
      const { peerId: peer_id, messageId: message_id } = event
      return written({ type: "message_changed", peer_id, message_id, reactions })
    }
    case "unsent":
      return written({
        type: "message_changed",
        peer_id: event.peerId,
        message_id: event.messageId,
        unsent: true,
      })
    case "typing":
      return written({ type: "typing", user_id: event.userId, is_typing: event.isTyping })
    case "presence": {
      if (event.ofMark) return undefined
      const { id, name, online, away } = event.person
      const status = online && !away ? "online" : online ? "away" : "offline"
      return written({ type: "presence", user_id: id, name, is_online: online, status })
    }
    case "resync":
      return written({ type: "resync", from: event.from })
    case "talks":
    case "talks-changed":
      return undefined
  }
}

function people({ version, members, total }: PeopleList): string {
  return written({ type: "user_list_update", version, users: members.map(userOf), total })
}

function news({ version, joined, left, total }: PeopleNews, partial: boolean): string {
  if (partial) return written({ type: "presence_diff", version, joined: [], left: [], total, partial })
  return written({ type: "presence_diff", version, joined: joined.map(userOf), left, total })
}

function userOf({ id, name }: { readonly id: string; readonly name: string }) {
  return { id, name, is_online: true }
}

function written(frame: Draft<ServerFrame>): string {
  return JSON.stringify(frame)
}

/** Each id is answered: naming one a hundred times asks no more than naming it once. */
function eachOnce(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : [...new Set(ids)]
}

function renameTo(raw: string): Command | string {
  const checked = checkName(raw)
  if ("refused" in checked) return `\`name\` is wrong: ${checked.refused}`
  return checked.name === "" ? "`name` is empty: choose one." : { type: "rename", name: checked.name }
}
