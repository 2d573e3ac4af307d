import type { Clock } from "./options.ts"

/** Between two words to one peer at least, in milliseconds. */
const apartMs = 250

export interface SeenParts {
  readonly clock: Clock
  send(peerId: string, messageId: string): void
}

interface Place {
  told: string
  seen: string
  cancelPause: (() => void) | undefined
}

/** Tells each peer what was read of theirs: at once, but the newest alone when much is read together. */
export class Seen {
  readonly #places = new Map<string, Place>()

  constructor(readonly parts: SeenParts) {}

  upTo(peerId: string, messageId: string): void {
    const place = this.#places.get(peerId) ?? { told: "", seen: "", cancelPause: undefined }
    this.#places.set(peerId, place)
    if (messageId > place.seen) place.seen = messageId
    if (place.cancelPause === undefined) this.#tell(peerId, place)
  }

  /** Tells what is due now, as before a close. */
  flush(): void {
    for (const [peerId, place] of this.#places) this.#tell(peerId, place)
  }

  stop(): void {
    for (const { cancelPause } of this.#places.values()) cancelPause?.()
    this.#places.clear()
  }

  #tell(peerId: string, place: Place): void {
    if (place.seen === place.told) return
    place.told = place.seen
    this.parts.send(peerId, place.seen)
    place.cancelPause?.()
    place.cancelPause = this.parts.clock.after(apartMs, () => {
      place.cancelPause = undefined
      this.#tell(peerId, place)
    })
  }
}
