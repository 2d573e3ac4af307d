import { type Closing, closeCodes } from "./close-codes.ts"
import type { Entry } from "./conversation.ts"
import type { Journal } from "./journal.ts"
import type { Channel, Dialect, Outlet, SessionEvent } from "./outlet.ts"

/** What a replay needs from the session. */
export interface Replaying {
  /** What an outlet is to know beside the messages, told between its replay and its going live. */
  statuses(): Iterable<SessionEvent>
  /** Something above `after` that an outlet was still to be sent is held no longer. */
  gap(after: number): void
}

interface Place {
  readonly outlet: Outlet
  /** The newest number it has been sent while it catches up; nothing once it is live. */
  cursor: number | undefined
}

interface Audience {
  readonly dialect: Dialect
  readonly channel: Channel
  live: number
}

/** The outlets of one session: some live, some catching up. */
export class OutletSet {
  readonly #places: Place[] = []
  readonly #audiences: Audience[] = []

  constructor(
    readonly userId: string,
    readonly journal: Journal,
    /** Outlets at once; one more closes the oldest. 0 for no limit. */
    readonly limit: number,
    readonly replaying: Replaying,
  ) {}

  get size(): number {
    return this.#places.length
  }

  get anyLive(): boolean {
    return this.#audiences.some(({ live }) => live > 0)
  }

  /** Whether somebody looks who wants lists of conversations. */
  get anyAttended(): boolean {
    return this.#places.some(({ outlet }) => outlet.attended)
  }

  attach(outlet: Outlet, after: number | undefined): void {
    if (this.limit > 0 && this.#places.length >= this.limit) {
      const oldest = this.#places[0]?.outlet
      if (oldest !== undefined && this.remove(oldest)) oldest.close(closeCodes.replaced)
    }
    const place: Place = { outlet, cursor: after ?? 0 }
    this.#places.push(place)
    if (after === undefined) this.#replay(place, this.journal.held())
    else this.#catchUp(place, after)
  }

  /** Says whether it was there. */
  remove(outlet: Outlet): boolean {
    const at = this.#places.findIndex((place) => place.outlet === outlet)
    if (at < 0) return false
    const [place] = this.#places.splice(at, 1)
    if (place?.cursor === undefined) this.#audience(outlet.dialect).live--
    return true
  }

  /** The outlet has room again: the next piece of its replay. */
  drained(outlet: Outlet): void {
    const place = this.#places.find((each) => each.outlet === outlet)
    if (place?.cursor !== undefined) this.#catchUp(place, place.cursor)
  }

  /** Tells one outlet of an entry again, unless its replay has yet to come to it. */
  answer(outlet: Outlet, entry: Entry): void {
    const cursor = this.#places.find((place) => place.outlet === outlet)?.cursor
    if (cursor === undefined || entry.seq <= cursor) outlet.send(entry)
  }

  /** To every live outlet; those that catch up meet it in their replay or their statuses. */
  publish(event: SessionEvent): void {
    for (const audience of this.#audiences) if (audience.live > 0) audience.channel.publish(event)
  }

  /** Tells the live outlets that all up to `seq` was published. */
  handedOver(seq: number): void {
    for (const place of this.#places) if (place.cursor === undefined) place.outlet.handedOver(seq)
  }

  close(closing: Closing): void {
    for (const { outlet } of this.#places.splice(0)) outlet.close(closing)
    this.#audiences.length = 0
  }

  #catchUp(place: Place, after: number): void {
    const entries = after > this.journal.seq ? "gap" : this.journal.since(after)
    if (entries !== "gap") return this.#replay(place, entries)
    this.replaying.gap(after)
    const held = this.journal.held()
    place.outlet.send({ type: "resync", from: held[0]?.seq ?? this.journal.seq + 1 })
    this.#replay(place, held)
  }

  #replay(place: Place, entries: readonly Entry[]): void {
    const { outlet } = place
    let roomLeft = true
    for (const entry of entries) {
      roomLeft = outlet.send(entry)
      place.cursor = entry.seq
      if (!roomLeft) break
    }
    if (place.cursor !== undefined && place.cursor > 0) outlet.handedOver(place.cursor)
    if (!roomLeft && place.cursor !== entries.at(-1)?.seq) return
    for (const status of this.replaying.statuses()) outlet.send(status)
    place.cursor = undefined
    this.#audience(outlet.dialect).live++
    outlet.goLive()
  }

  #audience(dialect: Dialect): Audience {
    let audience = this.#audiences.find((each) => each.dialect === dialect)
    if (audience === undefined) {
      audience = { dialect, channel: dialect.channel(this.userId), live: 0 }
      this.#audiences.push(audience)
    }
    return audience
  }
}
