import { Acks } from "./acks.ts"
import { Emitter } from "./emitter.ts"
import type { DuetEvents } from "./events.ts"
import type { ClientFrame } from "./frames.ts"
import { Inbox } from "./inbox.ts"
import type { ConnectOptions, Platform } from "./options.ts"
import { Outbox } from "./outbox.ts"
import { PeopleOnline } from "./people-online.ts"
import { RetryQueue } from "./retry-queue.ts"
import { Seen } from "./seen.ts"
import { Ticks } from "./ticks.ts"
import { OwnTyping, TypingPeers } from "./typing.ts"

const defaultOutboxLimit = 1000

/** The parts of a client; none of them knows another. */
export type Parts = ReturnType<typeof createParts>

export function createParts(
  { url, after, epoch, outboxLimit = defaultOutboxLimit }: ConnectOptions,
  platform: Platform,
  send: (frame: ClientFrame) => void,
) {
  const { clock } = platform
  const events = new Emitter<DuetEvents>()
  const retryQueue = new RetryQueue({ clock, send })
  return {
    events,
    retryQueue,
    inbox: new Inbox(after, epoch),
    outbox: new Outbox({ clock, send, limit: outboxLimit }),
    acks: new Acks({ clock, send: (seq) => send({ type: "ack", seq }) }),
    ticks: new Ticks((tick) => events.emit("tick", tick)),
    seen: new Seen({
      clock,
      send: (peer_id, message_id) => retryQueue.run({ type: "seen", peer_id, message_id }),
    }),
    typingPeers: new TypingPeers(clock, (userId, isTyping) => events.emit("typing", { userId, isTyping })),
    ownTyping: new OwnTyping(clock),
    people: new PeopleOnline(url, platform, (people) => events.emit("people", people)),
  }
}
