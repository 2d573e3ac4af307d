import type { Account } from "../../memory/memory-budget.ts"
import type { Entry } from "../delivery/conversation.ts"
import type { Journal } from "../delivery/journal.ts"
import type { Channel, CloseReason, Dialect, Outlet } from "../outlet.ts"
import type { SessionEvent } from "../session-message.ts"
import { PendingStatuses } from "./pending-statuses.ts"

/** How far an outlet has come that is not live yet: first the messages, then the statuses, as there is room. */
export interface CatchUp {
  /** The newest number it has been sent, or has no need of. */
  cursor: number
  /** It knows that it may lack messages, and is told so once: a flood cannot make its replay begin again and again. */
  knowsOfGaps: boolean
  /** Nothing while messages are replayed: what changes then is in the statuses after them. */
  statuses: PendingStatuses | undefined
}

/** One outlet of the session. */
export interface Place {
  readonly outlet: Outlet
  /** Nothing once it is live. */
  catchUp: CatchUp | undefined
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
    readonly account: Account,
    /** Outlets at once; one more closes the oldest. 0 for no limit. */
    readonly limit: number,
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

  /** Takes in one that catches up. */
  add(place: Place): void {
    if (this.limit > 0 && this.#places.length >= this.limit) {
      const oldest = this.#places[0]?.outlet
      if (oldest !== undefined && this.remove(oldest)) oldest.close("replaced")
    }
    this.#places.push(place)
  }

  placeOf(outlet: Outlet): Place | undefined {
    return this.#places.find((place) => place.outlet === outlet)
  }

  /** It has caught up: from now on, what is published reaches it. */
  goLive(place: Place): void {
    place.catchUp = undefined
    this.#audience(place.outlet.dialect).live++
    place.outlet.goLive()
  }

  /** Says whether it was there. */
  remove(outlet: Outlet): boolean {
    const at = this.#places.findIndex((place) => place.outlet === outlet)
    if (at < 0) return false
    const [place] = this.#places.splice(at, 1)
    if (place?.catchUp === undefined) this.#audience(outlet.dialect).live--
    else place.catchUp.statuses?.drop()
    return true
  }

  /** Tells one outlet of an entry again, and of what has come of it; both are still to come where its replay is not that far. */
  answer(outlet: Outlet, entry: Entry, outcome: Iterable<SessionEvent>): void {
    const catchUp = this.placeOf(outlet)?.catchUp
    if (catchUp !== undefined && entry.seq > catchUp.cursor) return
    outlet.send(entry)
    for (const event of outcome) {
      if (catchUp === undefined) outlet.send(event)
      else note(catchUp, event)
    }
  }

  /** To every live outlet; those that catch up, or fall behind by it, meet it in their replay or their statuses. */
  publish(event: SessionEvent): void {
    for (const audience of this.#audiences) if (audience.live > 0) audience.channel.publish(event)
    for (const place of this.#places) {
      if (place.catchUp !== undefined) note(place.catchUp, event)
      else if (place.outlet.isBehind) this.#fallBehind(place)
    }
  }

  /** Tells the live outlets that all up to `seq` was published. */
  handedOver(seq: number): void {
    for (const place of this.#places) if (place.catchUp === undefined) place.outlet.handedOver(seq)
  }

  close(reason: CloseReason): void {
    for (const { outlet } of this.#places.splice(0)) outlet.close(reason)
    this.#audiences.length = 0
  }

  /** All up to now is on its way to it; what comes from here on waits until it has room. */
  #fallBehind(place: Place): void {
    const statuses = new PendingStatuses([], this.account)
    place.catchUp = { cursor: this.journal.seq, knowsOfGaps: false, statuses }
    this.#audience(place.outlet.dialect).live--
    place.outlet.fallBehind()
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

/** Told with the other statuses, if these are due: otherwise they are made later, and it is among them. */
function note(catchUp: CatchUp, event: SessionEvent): void {
  if (catchUp.statuses?.note(event) === false) tellAnew(catchUp)
}

/** All statuses are told once more, as they are then. */
export function tellAnew(catchUp: CatchUp): void {
  catchUp.statuses?.drop()
  catchUp.statuses = undefined
}
