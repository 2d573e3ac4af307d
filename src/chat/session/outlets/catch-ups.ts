import type { Account } from "../../memory/memory-budget.ts"
import type { Contacts } from "../contacts.ts"
import type { ConversationList } from "../conversation-list.ts"
import type { Entry } from "../delivery/conversation.ts"
import type { Delivery } from "../delivery/delivery.ts"
import type { Journal } from "../delivery/journal.ts"
import type { Undelivered } from "../delivery/undelivered.ts"
import type { Outlet } from "../outlet.ts"
import { type CatchUp, type OutletSet, type Place, tellAnew } from "./outlet-set.ts"
import { PendingStatuses } from "./pending-statuses.ts"
import { stateSync } from "./state-sync.ts"

export interface CatchUpsParts {
  readonly account: Account
  readonly journal: Journal
  readonly undelivered: Undelivered
  readonly contacts: Contacts
  readonly outlets: OutletSet
  readonly talks: ConversationList
  readonly delivery: Pick<Delivery, "lose">
}

/** Brings outlets up to date, as each has room: first the messages it lacks, then the statuses; then it is live. */
export class CatchUps {
  constructor(readonly parts: CatchUpsParts) {}

  /** Takes in an outlet that has all up to `after`; without that it is told all that is held. */
  attach(outlet: Outlet, after: number | undefined): void {
    const catchUp = { cursor: after ?? 0, knowsOfGaps: after === undefined, statuses: undefined }
    const place: Place = { outlet, catchUp }
    this.parts.outlets.add(place)
    this.#goOn(place, catchUp)
  }

  /** The outlet has room again: the next piece of what it lacks. */
  drained(outlet: Outlet): void {
    const place = this.parts.outlets.placeOf(outlet)
    if (place?.catchUp !== undefined) this.#goOn(place, place.catchUp)
  }

  #goOn(place: Place, catchUp: CatchUp): void {
    const { outlet } = place
    if (!this.#replay(outlet, catchUp) || !this.#tellStatuses(outlet, catchUp)) return
    this.parts.talks.showTo(outlet)
    this.parts.outlets.goLive(place)
  }

  /** Says whether there is room for more when all that is held has been sent. */
  #replay(outlet: Outlet, catchUp: CatchUp): boolean {
    let roomLeft = true
    for (const entry of this.#lacking(outlet, catchUp)) {
      roomLeft = outlet.send(entry)
      catchUp.cursor = entry.seq
      if (!roomLeft) break
    }
    if (catchUp.cursor > 0) outlet.handedOver(catchUp.cursor)
    return roomLeft
  }

  #lacking(outlet: Outlet, catchUp: CatchUp): readonly Entry[] {
    const { delivery, journal } = this.parts
    const { cursor } = catchUp
    const entries = cursor > journal.seq ? "gap" : journal.since(cursor)
    if (entries !== "gap") return entries
    delivery.lose(cursor)
    if (catchUp.knowsOfGaps) return journal.held(cursor)
    tellAnew(catchUp)
    Object.assign(catchUp, { cursor: 0, knowsOfGaps: true })
    const held = journal.held()
    outlet.send({ type: "resync", from: held[0]?.seq ?? journal.seq + 1 })
    return held
  }

  /** Says whether all were told and there is room for more. */
  #tellStatuses(outlet: Outlet, catchUp: CatchUp): boolean {
    const { account, contacts, journal, undelivered } = this.parts
    catchUp.statuses ??= new PendingStatuses(stateSync(journal, undelivered, contacts), account)
    for (let next = catchUp.statuses.take(); next !== undefined; next = catchUp.statuses.take()) {
      if (!outlet.send(next)) return false
    }
    return true
  }
}
