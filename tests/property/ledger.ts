import type { Person } from "./person.ts"

/** One thing that somebody said, and all that came of it. */
export interface Saying {
  readonly clientId: string
  readonly content: string
  readonly from: number
  readonly to: number
  /** The receiver's id. */
  readonly toId: string
  /** Position among what this sender said to this receiver. */
  readonly place: number
  /** Its message id, once it was echoed. */
  id: string | undefined
  /** The code with which the server would not have it. */
  refused: string | undefined
  undelivered: boolean
  /** Its sender took it back, or tried to. */
  unsent: boolean
  /** Whether `delivered` named this very message. */
  named: boolean
  /** The message id with which the receiver's client had it. */
  arrivedAs: string | undefined
  /** Sent, perhaps into a connection that lost it. */
  sent: boolean
  /**
   * Sent again after what was said later, for nobody knew whether it had been refused: the server may have taken it only
   * then, and so after the other.
   */
  late: boolean
  /** The sender's session ended: nobody can be told what came of it. */
  orphaned: boolean
}

type Addressee = Pick<Person, "index" | "identity">

/** A rule of docs/protocol.md that did not hold. */
export class Violation extends Error {}

/** All that was said in one script, and what must be true of it whatever the network did. */
export class Ledger {
  readonly sayings: Saying[] = []
  /** Who ever blocked whom: what these said may be suppressed until the blocker's session ends. */
  readonly #blocks = new Set<string>()
  readonly #typed = new Set<string>()
  /** Of each pair: the latest place, and the newest id. */
  readonly #lastArrived = new Map<string, { readonly place: number; readonly id: string }>()
  /** Told as undelivered to somebody who had lost the echo, and so did not know the id yet. */
  readonly #early = new Set<string>()
  readonly #deliveredPlace = new Map<string, number>()

  constructor(readonly acknowledges: boolean) {}

  say(from: number, { index: to, identity: { id: toId } }: Addressee): Saying {
    const place = this.sayings.filter((each) => each.from === from && each.to === to).length + 1
    const saying: Saying = {
      clientId: `${from}>${to} ${place}`,
      content: `${from}>${to} <b>&amp; "${place}"</b> it's`,
      from,
      to,
      toId,
      place,
      id: undefined,
      refused: undefined,
      undelivered: false,
      unsent: false,
      named: false,
      arrivedAs: undefined,
      sent: false,
      late: false,
      orphaned: false,
    }
    this.sayings.push(saying)
    return saying
  }

  typed(from: string, to: string): void {
    this.#typed.add(`${from}>${to}`)
  }

  /** `to` hears that `from` is typing. */
  heardTyping(from: string, to: string): void {
    if (!this.#typed.has(`${from}>${to}`)) throw new Violation(`${to} hears ${from} typing, who never did`)
  }

  blocked(blocker: number, whom: number): void {
    this.#blocks.add(`${blocker}>${whom}`)
  }

  /** The newest that `from` said and the session has. */
  lastHeld(from: number): (Saying & { readonly id: string }) | undefined {
    return this.sayings.findLast(
      (each): each is Saying & { id: string } =>
        each.from === from && each.id !== undefined && !each.orphaned,
    )
  }

  /** `from` hears its own words; a repeat is answered by the same id. */
  echoed(from: number, clientId: string | undefined, id: string, content: string): Saying {
    const saying = this.sayings.find((each) => each.from === from && each.clientId === clientId)
    if (saying === undefined) throw new Violation(`an echo of what was never said, ${clientId}`)
    if (saying.content !== content && !isTakenBack(saying, content))
      throw new Violation(`the echo of ${clientId} says something else: ${content}`)
    const known = saying.id ?? saying.arrivedAs
    if (known !== undefined && known !== id) throw new Violation(`${clientId} was sent twice`)
    saying.id = id
    if (this.#early.has(id)) saying.undelivered = true
    return saying
  }

  /** `to` hears a message for the first time in this session of theirs, or again after a resync. */
  arrived(to: number, id: string, content: string, again: boolean): void {
    const said = (each: Saying) => each.content === content || (each.id === id && isTakenBack(each, content))
    const saying = this.sayings.find((each) => each.to === to && said(each))
    if (saying === undefined) throw new Violation(`${to} hears what nobody said to them: ${content}`)
    if (saying.refused !== undefined) throw new Violation(`${saying.clientId} was refused, and arrived`)
    const known = saying.id ?? saying.arrivedAs
    if (known !== undefined && known !== id) throw new Violation(`${saying.clientId} was sent twice`)
    if (saying.arrivedAs !== undefined) {
      if (again) return
      throw new Violation(`${saying.clientId} arrived twice`)
    }
    saying.arrivedAs = id
    this.#keepOrder(saying, id)
  }

  /** About to be sent, for the first time or again. */
  sending(saying: Saying): void {
    const later = this.sayings.some((each) => isPair(each, saying) && each.place > saying.place && each.sent)
    if (saying.id === undefined && later) saying.late = true
    saying.sent = true
  }

  undelivered(from: number, id: string): void {
    const saying = this.#own(from, id)
    if (saying === undefined) return void this.#early.add(id)
    if (saying.named) throw new Violation(`${saying.clientId} was delivered, and then undelivered`)
    saying.undelivered = true
  }

  delivered(from: number, id: string): void {
    const saying = this.#own(from, id)
    if (saying === undefined) return
    if (saying.undelivered) throw new Violation(`${saying.clientId} was undelivered, and then delivered`)
    if (this.acknowledges && saying.arrivedAs === undefined) {
      throw new Violation(`${saying.clientId} is said to be delivered, and has not arrived`)
    }
    saying.named = true
    this.#deliveredPlace.set(pairOf(saying), saying.place)
  }

  /**
   * `delivered`, from a client that tells it of each that the server's word covers. That word is of all up to one, and so
   * of what was said while blocked too, which is `undelivered` when the blocker's session ends.
   */
  covered(from: number, id: string): void {
    const saying = this.#own(from, id)
    const isUnheard = saying?.arrivedAs === undefined && this.#blocks.has(`${saying?.to}>${from}`)
    if (!isUnheard) this.delivered(from, id)
  }

  /** A session has ended: what its user said is settled as far as it ever will be. */
  ended(who: number): void {
    for (const saying of this.sayings) if (saying.from === who) saying.orphaned = true
  }

  /** Everything has settled, and all who are here have all: nothing is lost without a word. */
  checkNothingLost(gone: ReadonlySet<number> = new Set()): void {
    for (const saying of this.sayings) {
      const { clientId, from, to, id } = saying
      if (saying.orphaned || saying.refused !== undefined || gone.has(from)) continue
      if (id === undefined) throw new Violation(`${clientId} was never answered`)
      if (saying.arrivedAs !== undefined || saying.undelivered || this.#handedOver(saying)) continue
      if (this.#blocks.has(`${to}>${from}`) && !gone.has(to)) continue
      throw new Violation(`${clientId} was echoed, is lost, and nobody was told`)
    }
  }

  /** Where clients do not acknowledge, a socket that took a message and was lost may have been the last. */
  #handedOver(saying: Saying): boolean {
    return !this.acknowledges && saying.place <= (this.#deliveredPlace.get(pairOf(saying)) ?? 0)
  }

  /** In the order in which the server took them, which their ids tell; and in that of saying, but for what came late. */
  #keepOrder(saying: Saying, id: string): void {
    const last = this.#lastArrived.get(pairOf(saying)) ?? { place: 0, id: "" }
    if (id < last.id || (saying.place < last.place && !saying.late)) {
      throw new Violation(`${saying.clientId} arrived after what was said later`)
    }
    this.#lastArrived.set(pairOf(saying), { place: Math.max(last.place, saying.place), id })
  }

  #own(from: number, id: string): Saying | undefined {
    return this.sayings.find((each) => each.from === from && each.id === id && !each.orphaned)
  }
}

function isTakenBack({ unsent }: Saying, content: string): boolean {
  return unsent && content === ""
}

function pairOf({ from, to }: Saying): string {
  return `${from}>${to}`
}

function isPair(one: Saying, other: Saying): boolean {
  return one.from === other.from && one.to === other.to
}
