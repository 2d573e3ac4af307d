import { tickWords } from "../../../../views/message/tick.ts"
import {
  conversationRowsChanged,
  conversationsChanged,
  meChanged,
  messageArrived,
  messageReactions,
  messageUndelivered,
  messageUnsent,
  peerChanged,
  peopleChanged,
  peopleCounted,
} from "../../../../views/shell/fragments.ts"
import type { SessionEvent } from "../../../chat/session/session-message.ts"
import type { PageFrame } from "../../../wire/page.ts"
import type { Draft } from "../../../wire/schema.ts"
import {
  lineOf,
  listedPeople,
  peopleOf,
  personOf,
  reactionsOf,
  summaryOf,
} from "../../http/pages/view-model.ts"
import type { Encoding } from "./dialect.ts"
import { fullVocabulary } from "./duet-v1.ts"

/** Another one after a restart: so a page tells a server that forgot from one that waited long enough. */
const thisServer = crypto.randomUUID()

/**
 * What a browser's page is told: fragments of HTML, each in a JSON envelope of our own making that
 * tells the page's scripts what it is. A reader's words appear escaped within `content` alone.
 */
export const page: Encoding = {
  name: "page",
  vocabulary: fullVocabulary,
  attended: true,
  acknowledges: true,
  showsAway: true,
  listed: listedPeople,
  largest: 65_536,

  /** The reader may have been renamed while this page was cut off. */
  welcome({ resumed, seq, epoch, ...me }) {
    const content = meChanged(personOf(me)).text
    return written({ event: "hello", resumed, seq, epoch, server: thisServer, content })
  },

  event(event) {
    switch (event.type) {
      case "message":
        return messageFrame(event)
      case "undelivered":
        return written({
          event: "undelivered",
          peer: event.peerId,
          message_id: event.messageId,
          reason: event.reason,
          content: messageUndelivered(event.messageId, event.reason).text,
        })
      case "presence":
        return written({
          event: "presence",
          peer: event.person.id,
          content: peerChanged(personOf(event.person)).text,
        })
      case "talks":
        return written({
          event: "conversations",
          content: conversationsChanged(event.talks.map(summaryOf)).text,
        })
      case "talks-changed":
        return written({
          event: "conversations",
          gone: event.gone,
          rows: event.rows.map(({ talk, above }) => ({ id: talk.peer.id, above })),
          content: conversationRowsChanged(event.rows.map(({ talk }) => summaryOf(talk))).text,
        })
      case "progress":
        return written({
          event: "progress",
          peer: event.peerId,
          message_id: event.messageId,
          progress: event.progress,
          words: tickWords(event.progress),
          ...(event.suppressed && { unheard: event.suppressed.map(({ first, last }) => [first, last]) }),
        })
      case "reactions":
        return written({
          event: "reactions",
          peer: event.peerId,
          message_id: event.messageId,
          content: messageReactions(event.messageId, reactionsOf(event.reactions, event.peerId)).text,
        })
      case "unsent":
        return written({
          event: "unsent",
          peer: event.peerId,
          message_id: event.messageId,
          content: messageUnsent(event.messageId).text,
        })
      case "typing":
        return written({ event: "typing", peer: event.userId, is_typing: event.isTyping })
      case "resync":
        return written({ event: "resync", from: event.from })
    }
  },

  error({ code, message, receiver_id, client_id, message_id, retry_after_ms }) {
    return written({ event: "error", code, message, receiver_id, client_id, message_id, retry_after_ms })
  },

  people(list) {
    return written({ event: "people", content: peopleChanged(peopleOf(list)).text })
  },

  counted({ total }) {
    return written({ event: "people_total", content: peopleCounted(total).text })
  },
}

function messageFrame(event: SessionEvent & { type: "message" }): string {
  const { seq, message, own, clientId } = event
  const peer = own ? message.receiverId : message.senderId
  return written({
    event: "message",
    seq,
    peer,
    message_id: message.id,
    own,
    client_id: clientId,
    content: messageArrived(peer, lineOf(event)).text,
  })
}

function written(frame: Draft<PageFrame>): string {
  return JSON.stringify(frame)
}
