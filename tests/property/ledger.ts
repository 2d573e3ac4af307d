import type { Person } from "./person.ts"
import { isTakenBack, newSaying, pairOf, type Saying, Violation } from "./saying.ts"

type Addressee = Pick<Person, "index" | "identity">

/** Who hears something: on which device, and of which session it is. */
export interface Listener {
  readonly index: number
  readonly device: string
  readonly epoch: string
}

/** All that was said in one script, and what must be true of it whatever the network did. */
export class Ledger {
  readonly sayings: Saying[] = []
  /** Who ever blocked whom: what these said may be unheard until the blocker's session ends. */
  readonly #blocks = new Set<string>()
  /** Signs of typing by the ids of both, and by the devices that heard them. */
  readonly #typed = new Set<string>()
  readonly #heardTyping = new Set<string>()
  /** Of each pair and device: the newest id that arrived there. */
  readonly #newestArrived = new Map<string, string>()
  /** The same, and the device that it was said on: the latest place. */
  readonly #latestArrived = new Map<string, number>()
  /** Told as undelivered to somebody who had lost the echo, and so did not know the id yet. */
  readonly #early = new Set<string>()
  readonly #deliveredPlace = new Map<string, number>()

  constructor(readonly acknowledges: boolean) {}

  say(from: number, device: string, { index: to, identity: { id: toId } }: Addressee): Saying {
    const place = this.sayings.filter((each) => each.from === from && each.to === to).length + 1
    const saying = newSaying({ from, to, toId, place, device })
    this.sayings.push(saying)
    return saying
  }

  typed(fromId: string, toId: string): void {
    this.#typed.add(`${fromId}>${toId}`)
  }

  /** On one of the devices of `toId` it is told that `fromId` is typing. */
  heardTyping(fromId: string, toId: string, device: string): void {
    if (!this.#typed.has(`${fromId}>${toId}`)) throw new Violation(`${device} hears typing, and nobody typed`)
    this.#heardTyping.add(`${fromId}>${device}`)
  }

  /** Whether a sign of typing of `fromId` has come to this device, in the whole script. */
  hasHeardTyping(fromId: string, device: string): boolean {
    return this.#heardTyping.has(`${fromId}>${device}`)
  }

  blocked(blocker: number, whom: number): void {
    this.#blocks.add(`${blocker}>${whom}`)
  }

  everBlocked(blocker: number, whom: number): boolean {
    return this.#blocks.has(`${blocker}>${whom}`)
  }

  /** The newest that `from` said and the session has. */
  lastHeld(from: number): (Saying & { readonly id: string }) | undefined {
    return this.sayings.findLast(
      (each): each is Saying & { id: string } =>
        each.from === from && each.id !== undefined && !each.orphaned,
    )
  }

  /** A device of `from` hears their own words; a repeat is answered by the same id. */
  echoed(by: Listener, clientId: string | undefined, id: string, content: string): Saying {
    const saying = this.sayings.find((each) => each.from === by.index && each.clientId === clientId)
    if (saying === undefined) throw new Violation(`an echo of what was never said, ${clientId}`)
    if (saying.content !== content && !isTakenBack(saying, content))
      throw new Violation(`the echo of ${clientId} says something else: ${content}`)
    const known = saying.id ?? saying.arrivedAs
    if (known !== undefined && known !== id) throw new Violation(`${clientId} was sent twice`)
    saying.id = id
    if (this.#early.has(id)) saying.undelivered = true
    show(saying, by, content)
    return saying
  }

  /** A device of `to` hears a message for the first time in this session of theirs, or again after a resync. */
  arrived(to: Listener, id: string, content: string, again: boolean): void {
    const said = (each: Saying) => each.content === content || (each.id === id && isTakenBack(each, content))
    const saying = this.sayings.find((each) => each.to === to.index && said(each))
    if (saying === undefined) throw new Violation(`${to.device} hears what nobody said to them: ${content}`)
    const { clientId } = saying
    if (saying.refused !== undefined) throw new Violation(`${clientId} was refused, and arrived`)
    const known = saying.id ?? saying.arrivedAs
    if (known !== undefined && known !== id) throw new Violation(`${clientId} was sent twice`)
    if (saying.arrivedIn !== undefined && saying.arrivedIn !== to.epoch)
      throw new Violation(`${clientId} arrived in two sessions`)
    const isKnown = saying.shown.has(to.device)
    if (isKnown && !again) throw new Violation(`${clientId} arrived twice`)
    saying.arrivedAs = id
    saying.arrivedIn = to.epoch
    show(saying, to, content)
    if (!isKnown) this.#keepOrder(saying, id, to.device)
  }

  /** A device hears that a message was taken back. */
  takenBack(device: string, id: string): void {
    const saying = this.sayings.find((each) => each.id === id || each.arrivedAs === id)
    if (saying === undefined) return
    if (!saying.unsent) throw new Violation(`${saying.clientId} is said to be taken back, and never was`)
    saying.takenBack = true
    if (saying.shown.has(device)) saying.shown.set(device, "")
  }

  /** A device has another session, and shows nothing of the one before. */
  startsAnew(device: string): void {
    for (const saying of this.sayings) saying.shown.delete(device)
  }

  /** About to be sent, for the first time or again. */
  sending(saying: Saying): void {
    const isLater = (each: Saying) => pairOf(each) === pairOf(saying) && each.place > saying.place
    if (saying.id === undefined && this.sayings.some((each) => isLater(each) && each.sent)) saying.late = true
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

  /** Where clients do not acknowledge, a socket that took a message and was lost may have been the last. */
  handedOver(saying: Saying): boolean {
    return !this.acknowledges && saying.place <= (this.#deliveredPlace.get(pairOf(saying)) ?? 0)
  }

  /** In the order in which the server took them, which their ids tell; and in that of saying, but for what came late. */
  #keepOrder(saying: Saying, id: string, device: string): void {
    const way = `${pairOf(saying)} ${device}`
    const lane = `${way} ${saying.device}`
    const latest = this.#latestArrived.get(lane) ?? 0
    if (id < (this.#newestArrived.get(way) ?? "") || (saying.place < latest && !saying.late)) {
      throw new Violation(`${saying.clientId} arrived after what was said later`)
    }
    this.#newestArrived.set(way, id)
    this.#latestArrived.set(lane, Math.max(latest, saying.place))
  }

  #own(from: number, id: string): Saying | undefined {
    return this.sayings.find((each) => each.from === from && each.id === id && !each.orphaned)
  }
}

function show({ clientId, shown }: Saying, { device }: Listener, content: string): void {
  if (shown.get(device) === "" && content !== "")
    throw new Violation(`${clientId} was taken back, and its words came to ${device} after that`)
  shown.set(device, content)
}
