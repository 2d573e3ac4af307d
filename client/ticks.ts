import type { Message, Tick } from "./events.ts"
import type { StatusFrame } from "./frames.ts"

/** Messages followed per peer at most; beyond that the oldest is forgotten. */
const mostPerPeer = 1000

/** Peers whose messages are followed at most; beyond that the first is forgotten. */
const mostPeers = 10_000

interface Followed {
  readonly id: string
  status: "sent" | "delivered"
}

/** How far each message of one's own has come. A frame speaks of all messages up to one; a tick tells each step of each once. */
export class Ticks {
  readonly #byPeer = new Map<string, Followed[]>()

  constructor(readonly tell: (tick: Tick) => void) {}

  sent({ peerId, id }: Message): void {
    const followed = this.#byPeer.get(peerId) ?? this.#begin(peerId)
    // The answer to a repeat may be older than a message from another socket of this user.
    followed.splice(followed.findLastIndex((each) => each.id < id) + 1, 0, { id, status: "sent" })
    if (followed.length > mostPerPeer) followed.shift()
    this.tell({ peerId, messageId: id, status: "sent" })
  }

  heard({ peer_id: peerId, message_id: messageId, status, reason }: StatusFrame): void {
    if (status === "undelivered") {
      this.#drop(peerId, messageId)
      return this.tell({ peerId, messageId, status, ...(reason !== undefined && { reason }) })
    }
    const followed = this.#byPeer.get(peerId) ?? []
    if (status === "seen") {
      for (const { id } of followed.splice(0, countUpTo(followed, messageId)))
        this.tell({ peerId, messageId: id, status })
      return
    }
    for (const each of followed.slice(0, countUpTo(followed, messageId))) {
      if (each.status === "delivered") continue
      each.status = "delivered"
      this.tell({ peerId, messageId: each.id, status })
    }
  }

  /** The session was lost: a message that no receiver confirmed counts as undelivered. */
  sessionEnded(): void {
    const conversations = [...this.#byPeer]
    this.#byPeer.clear()
    for (const [peerId, followed] of conversations) {
      for (const { id, status } of followed) {
        if (status === "sent") this.tell({ peerId, messageId: id, status: "undelivered", reason: "lost" })
      }
    }
  }

  #begin(peerId: string): Followed[] {
    const followed: Followed[] = []
    this.#byPeer.set(peerId, followed)
    const [first] = this.#byPeer.keys()
    if (this.#byPeer.size > mostPeers && first !== undefined) this.#byPeer.delete(first)
    return followed
  }

  #drop(peerId: string, messageId: string): void {
    const followed = this.#byPeer.get(peerId)
    const at = followed?.findIndex(({ id }) => id === messageId) ?? -1
    if (at >= 0) followed?.splice(at, 1)
  }
}

/** The list is in the order of the ids, which ascend with time. */
function countUpTo(followed: readonly Followed[], messageId: string): number {
  const beyond = followed.findIndex(({ id }) => id > messageId)
  return beyond < 0 ? followed.length : beyond
}
