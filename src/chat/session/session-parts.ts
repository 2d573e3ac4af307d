import type { Context } from "../../actor/index.ts"
import { Annotations } from "./annotations.ts"
import { Availability } from "./availability.ts"
import { Contacts } from "./contacts.ts"
import { ConversationList } from "./conversation-list.ts"
import { Delivery } from "./delivery/delivery.ts"
import { Journal } from "./delivery/journal.ts"
import { Suppressed } from "./delivery/suppressed.ts"
import { Undelivered } from "./delivery/undelivered.ts"
import { CatchUps } from "./outlets/catch-ups.ts"
import { OutletSet } from "./outlets/outlet-set.ts"
import type { SessionMessage } from "./session-message.ts"
import type { SessionOptions } from "./session-options.ts"
import type { SessionState } from "./session-state.ts"

/** What a session is made of, each part after those that it needs. */
export class SessionParts {
  readonly journal: Journal
  readonly undelivered: Undelivered
  readonly suppressed: Suppressed
  readonly contacts: Contacts
  readonly outlets: OutletSet
  readonly availability: Availability
  readonly talks: ConversationList
  readonly delivery: Delivery
  readonly annotations: Annotations
  readonly catchUps: CatchUps

  constructor(
    context: Context<SessionMessage>,
    readonly options: SessionOptions,
    saved: SessionState | undefined,
  ) {
    const { account, directory, id: userId, name, post, presence, stamper, stay } = options
    const journal = new Journal(options.journal, account)
    const undelivered = new Undelivered(account)
    const suppressed = new Suppressed(account)
    const watcher = context.self
    const contacts = new Contacts({ account, journal, suppressed, directory, presence, watcher })
    const outlets = new OutletSet(userId, journal, account, options.outlets)
    const shown = { id: userId, name, stay, account, context, presence, outlets }
    const availability = new Availability(shown, saved?.availability)
    const talks = new ConversationList({ context, journal, outlets })
    const parts = {
      userId,
      account,
      journal,
      undelivered,
      suppressed,
      contacts,
      outlets,
      availability,
      talks,
    }
    const delivery = new Delivery({ ...parts, context, post, stamper, keeps: stay !== undefined })
    this.annotations = new Annotations({ ...parts, delivery, post })
    this.catchUps = new CatchUps({ ...parts, delivery })
    this.journal = journal
    this.undelivered = undelivered
    this.suppressed = suppressed
    this.contacts = contacts
    this.outlets = outlets
    this.availability = availability
    this.talks = talks
    this.delivery = delivery
    if (saved !== undefined) this.#load(saved)
  }

  /** Nothing for a session that ends with its socket. */
  save(): SessionState | undefined {
    const { epoch, stay } = this.options
    if (stay === undefined) return undefined
    return {
      epoch: epoch.save(),
      availability: this.availability.save(stay),
      journal: this.journal.save(),
      undelivered: [...this.undelivered.all()],
      suppressed: this.suppressed.save(),
      contacts: this.contacts.save(),
      delivery: this.delivery.save(),
    }
  }

  #load(state: SessionState): void {
    this.journal.load(state.journal, this.options.id)
    this.undelivered.load(state.undelivered)
    this.suppressed.load(state.suppressed)
    this.contacts.load(state.contacts)
    this.delivery.load(state.delivery)
  }
}
