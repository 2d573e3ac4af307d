import type { Announcer, PeopleList, PeopleNews } from "../chat/announcer.ts"
import type { Channel, Dialect } from "../chat/outlet.ts"
import type { Encoding } from "./dialect/dialect.ts"

/** What reaches many sockets at once: Bun's native publish, of which the server is the only source. */
export interface Publisher {
  publish(topic: string, frame: string, compress: boolean): number
  subscriberCount(topic: string): number
}

/** A socket, as far as topics go. */
export interface Subscriber {
  subscribe(topic: string): void
  sendFrame(frame: string): void
}

/** One dialect's way to all live sockets of a user, and to everyone. */
export class Topics implements Dialect, Announcer {
  readonly #newcomers = new Set<Subscriber>()
  readonly #everyone: string

  constructor(
    readonly encoding: Encoding,
    readonly publisher: Publisher,
  ) {
    this.#everyone = `people:${encoding.name}`
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
    return this.#newcomers.size > 0
  }

  first(list: PeopleList): void {
    if (this.#newcomers.size === 0) return
    const frame = this.encoding.people(list)
    for (const socket of this.#newcomers) {
      socket.sendFrame(frame)
      socket.subscribe(this.#everyone)
    }
    this.#newcomers.clear()
  }

  everyone(news: PeopleNews, budget: number): number {
    if (!this.encoding.showsAway && news.joined.length === 0 && news.left.length === 0) {
      this.first(news)
      return 0
    }
    if (this.encoding.news !== undefined) {
      const bytes = this.#publish((partial) => this.encoding.news?.(news, partial) ?? "", budget)
      this.first(news)
      return bytes
    }
    for (const socket of this.#newcomers) socket.subscribe(this.#everyone)
    this.#newcomers.clear()
    return this.#publish(() => this.encoding.people(news), 0)
  }

  /** Answers the bytes over all sockets; what would cost more than the budget is asked for in part. */
  #publish(encode: (partial: boolean) => string, budget: number): number {
    const count = this.publisher.subscriberCount(this.#everyone)
    if (count === 0) return 0
    const whole = encode(false)
    const frame = budget > 0 && count * Buffer.byteLength(whole) > budget ? encode(true) : whole
    this.publisher.publish(this.#everyone, frame, false)
    return count * Buffer.byteLength(frame)
  }

  join(userId: string, socket: Subscriber): void {
    socket.subscribe(this.#user(userId))
    this.#newcomers.add(socket)
  }

  leave(socket: Subscriber): void {
    this.#newcomers.delete(socket)
  }

  #user(userId: string): string {
    return `${this.encoding.name}:${userId}`
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

  everyone(news: PeopleNews, budget: number): number {
    return this.each.reduce((bytes, announcer) => bytes + announcer.everyone(news, budget), 0)
  }
}
