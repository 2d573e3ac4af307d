import { Acks } from "./acks.ts"
import { Emitter } from "./emitter.ts"
import { Errands } from "./errands.ts"
import type { DuetEvents } from "./events.ts"
import type { ClientFrame } from "./frames.ts"
import { Inbox } from "./inbox.ts"
import type { ConnectOptions, Surroundings } from "./options.ts"
import { Outbox } from "./outbox.ts"
import { PeopleOnline } from "./people-online.ts"
import { Seen } from "./seen.ts"
import { Ticks } from "./ticks.ts"
import { OwnTyping, TypingPeers } from "./typing.ts"

const waitAtMost = 1000

/** What a client is made of; none of these knows another. */
export type Parts = ReturnType<typeof createParts>

export function createParts(
  { url, after, epoch, outboxLimit = waitAtMost }: ConnectOptions,
  surroundings: Surroundings,
  send: (frame: ClientFrame) => void,
) {
  const { clock } = surroundings
  const events = new Emitter<DuetEvents>()
  const errands = new Errands({ clock, send })
  return {
    events,
    errands,
    inbox: new Inbox(after, epoch),
    outbox: new Outbox({ clock, send, limit: outboxLimit }),
    acks: new Acks({ clock, send: (seq) => send({ type: "ack", seq }) }),
    ticks: new Ticks((tick) => events.emit("tick", tick)),
    seen: new Seen({
      clock,
      send: (peer_id, message_id) => errands.run({ type: "seen", peer_id, message_id }),
    }),
    typingPeers: new TypingPeers(clock, (userId, isTyping) => events.emit("typing", { userId, isTyping })),
    ownTyping: new OwnTyping(clock),
    people: new PeopleOnline(url, surroundings, (people) => events.emit("people", people)),
  }
}
