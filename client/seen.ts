import type { Clock } from "./options.ts"

/** The shortest time between two frames about one peer, in milliseconds. */
const minIntervalMs = 250

export interface SeenParts {
  readonly clock: Clock
  send(peerId: string, messageId: string): void
}

interface Place {
  sent: string
  seen: string
  cancelPause: (() => void) | undefined
}

/** Tells each peer what was read of their messages: at once, but only the newest when many are read together. */
export class Seen {
  readonly #places = new Map<string, Place>()

  constructor(readonly parts: SeenParts) {}

  upTo(peerId: string, messageId: string): void {
    const place = this.#places.get(peerId) ?? { sent: "", seen: "", cancelPause: undefined }
    this.#places.set(peerId, place)
    if (messageId > place.seen) place.seen = messageId
    if (place.cancelPause === undefined) this.#tell(peerId, place)
  }

  /** Sends what is due now, for example before a close. */
  flush(): void {
    for (const [peerId, place] of this.#places) this.#tell(peerId, place)
  }

  stop(): void {
    for (const { cancelPause } of this.#places.values()) cancelPause?.()
    this.#places.clear()
  }

  #tell(peerId: string, place: Place): void {
    if (place.seen === place.sent) return
    place.sent = place.seen
    this.parts.send(peerId, place.seen)
    place.cancelPause?.()
    place.cancelPause = this.parts.clock.after(minIntervalMs, () => {
      place.cancelPause = undefined
      this.#tell(peerId, place)
    })
  }
}
