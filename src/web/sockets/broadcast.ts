import type { Announcer, Cost, PeopleList, PeopleNews } from "../../chat/presence/announcer.ts"
import type { Channel, Dialect } from "../../chat/session/outlet.ts"
import type { Encoding } from "./dialects/dialect.ts"

/** What reaches many sockets at once: Bun's native publish, of which the server is the only source. */
export interface Publisher {
  publish(topic: string, frame: string, compress: boolean): number
  subscriberCount(topic: string): number
}

/** A socket, as far as topics go. */
export interface Subscriber {
  subscribe(topic: string): void
  unsubscribe(topic: string): void
  /** So much waits for it that it should get no list before it has read that. */
  readonly lags: boolean
  /** Takes a frame that may be large if nothing waits for the socket; or says that it has no room, and asks when it has. */
  offer(frame: () => string | undefined): boolean
}

const nothing: Cost = { total: 0, each: 0 }

/** Bytes of a catch-up, or of lists, that may wait for a socket before more does. */
export function pieceOf(outboundLimit: number): number {
  return outboundLimit > 0 ? Math.min(65_536, outboundLimit / 4) : 65_536
}

/** One dialect's way to all live sockets of a user, and to everyone. */
export class Broadcast implements Dialect, Announcer {
  readonly #newcomers = new Set<Subscriber>()
  /** Those who hear what is told to everyone. */
  readonly #listeners = new Set<Subscriber>()
  /** Those who had a list and read too slowly for what came after it, and the last version that they heard of. */
  readonly #laggards = new Map<Subscriber, number>()
  readonly #everyone: string
  readonly #piece: number
  #version = 0
  /** Bytes told to each listener since they were last looked at. */
  #told = 0

  constructor(
    readonly encoding: Encoding,
    readonly publisher: Publisher,
    /** Bytes that may wait for a socket before it is dropped; 0 for no bound. */
    readonly outboundLimit = 0,
  ) {
    this.#everyone = `people:${encoding.name}`
    this.#piece = pieceOf(outboundLimit)
  }

  channel(userId: string): Channel {
    const { encoding, publisher } = this
    const topic = this.#user(userId)
    return {
      publish(event) {
        const frame = encoding.event(event)
        if (frame !== undefined) publisher.publish(topic, frame, false)
      },
    }
  }

  get expected(): boolean {
    return this.#newcomers.size + this.#laggards.size > 0
  }

  /** Those who have no room for it now are tried again. */
  first(list: PeopleList): void {
    const whole = once(() => this.#fitting(list, this.#frameLimit))
    const missed = once(() => this.encoding.news?.({ ...list, joined: [], left: [] }, true) ?? whole())
    for (const socket of this.#newcomers) if (socket.offer(whole)) this.#listen(socket)
    for (const [socket, version] of this.#laggards) {
      if (socket.offer(version === this.#version ? missedNothing : missed)) this.#listen(socket)
    }
  }

  everyone(news: PeopleNews, budget: number): Cost {
    const isNoNews = !this.encoding.showsAway && news.joined.length === 0 && news.left.length === 0
    const cost = isNoNews ? nothing : this.#publish(news, budget)
    if (!isNoNews) this.#version = news.version
    this.first(news)
    return cost
  }

  #publish(news: PeopleNews, budget: number): Cost {
    const count = this.publisher.subscriberCount(this.#everyone)
    if (count === 0) return nothing
    const frame = this.#announcement(news, budget > 0 ? budget / count : Number.POSITIVE_INFINITY)
    const each = Buffer.byteLength(frame)
    this.#sift(each)
    this.publisher.publish(this.#everyone, frame, false)
    return { total: count * each, each }
  }

  /** Nobody's wait grows by more than a piece of lists between two looks: a crowd is looked at rarely, not at each list. */
  #sift(bytes: number): void {
    this.#told += bytes
    if (this.#told <= this.#piece) return
    this.#told = bytes
    for (const socket of this.#listeners) if (socket.lags) this.#setAside(socket)
  }

  #setAside(socket: Subscriber): void {
    if (!this.#listeners.delete(socket)) return
    socket.unsubscribe(this.#everyone)
    this.#laggards.set(socket, this.#version)
  }

  #listen(socket: Subscriber): void {
    this.#newcomers.delete(socket)
    this.#laggards.delete(socket)
    this.#listeners.add(socket)
    socket.subscribe(this.#everyone)
  }

  /** What does not fit what each socket may get is told in part, by dialects that have a word for it. */
  #announcement(news: PeopleNews, bytes: number): string {
    const { encoding } = this
    const allowed = Math.min(bytes, this.#frameLimit)
    if (encoding.news === undefined)
      return this.#fitting(news, encoding.counted === undefined ? this.#frameLimit : allowed)
    const whole = encoding.news(news, false)
    return Buffer.byteLength(whole) > allowed ? encoding.news(news, true) : whole
  }

  /** As many of those who came last as fit. */
  #fitting(list: PeopleList, bytes: number): string {
    const { encoding } = this
    let members = list.members.slice(-encoding.listed)
    for (;;) {
      const frame = encoding.people({ ...list, members })
      const excess = Buffer.byteLength(frame) / bytes
      if (excess <= 1) return frame
      const kept = Math.floor(members.length / Math.max(excess, 1.1))
      if (kept === 0) return encoding.counted?.(list) ?? encoding.people({ ...list, members: [] })
      members = members.slice(-kept)
    }
  }

  /** Two lists, one after the other, fit what may wait for a socket, and what was there before. */
  get #frameLimit(): number {
    const { largest } = this.encoding
    return this.outboundLimit > 0 ? Math.min(largest, this.outboundLimit * 0.46) : largest
  }

  join(userId: string, socket: Subscriber): void {
    socket.subscribe(this.#user(userId))
    this.#newcomers.add(socket)
  }

  /** Keeps from a socket what is published to its user, until it comes back, and lists, until it has room. */
  pause(userId: string, socket: Subscriber): void {
    socket.unsubscribe(this.#user(userId))
    this.#setAside(socket)
  }

  comeBack(userId: string, socket: Subscriber): void {
    socket.subscribe(this.#user(userId))
  }

  leave(socket: Subscriber): void {
    this.#newcomers.delete(socket)
    this.#laggards.delete(socket)
    this.#listeners.delete(socket)
  }

  #user(userId: string): string {
    return `${this.encoding.name}:${userId}`
  }
}

const missedNothing = () => undefined

/** What is costly to make is made when the first wants it, and is the same for all. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Announces in all dialects. */
export class Announcers implements Announcer {
  constructor(readonly each: readonly Announcer[]) {}

  get expected(): boolean {
    return this.each.some((announcer) => announcer.expected)
  }

  first(list: PeopleList): void {
    for (const announcer of this.each) announcer.first(list)
  }

  /** Each may cost its share of the budget, and what those before it left. */
  everyone(news: PeopleNews, budget: number): Cost {
    let cost = nothing
    for (const [i, announcer] of this.each.entries()) {
      const share = Math.max(1, (budget - cost.total) / (this.each.length - i))
      const { total, each } = announcer.everyone(news, budget > 0 ? share : 0)
      cost = { total: cost.total + total, each: Math.max(cost.each, each) }
    }
    return cost
  }
}
