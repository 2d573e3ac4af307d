import type { Ref } from "../../../../src/actor/index.ts"
import type { Cursor } from "../../../../src/chat/epoch.ts"
import type { SessionEvent } from "../../../../src/chat/session/session-message.ts"
import type { Snapshot } from "../../../../src/chat/session/snapshot.ts"
import { RecordingOutlet } from "../../../support/stage.ts"
import { type Deed, people } from "./deeds.ts"
import type { Stage } from "./saving.ts"

/** People with their sockets, who do what they are told, and what they hear of it: alike in any two worlds. */
export class World {
  /** How each was welcomed. */
  readonly welcomes: object[] = []
  /** Ids of messages, by who said what; and the other way round. */
  readonly #ids: Map<string, string>
  readonly #names: Map<string, string>
  /** What each client knows to come back with. */
  readonly #known: Map<string, Cursor>
  readonly #outlets = new Map<string, RecordingOutlet[]>()
  readonly #heard = new Map<RecordingOutlet, number>()

  /** Goes on with what clients know from another world. */
  constructor(
    readonly stage: Stage,
    before?: World,
  ) {
    this.#ids = new Map(before === undefined ? [] : before.#ids)
    this.#names = new Map(before === undefined ? [] : before.#names)
    this.#known = new Map(before === undefined ? [] : before.#known)
  }

  do(deed: Deed): void {
    if (deed.type === "wait") return this.stage.advance(deed.ms)
    if (deed.type === "come") return this.#come(deed.who, deed.share, deed.room)
    const outlet = this.#outlets.get(deed.who)?.at(-1)
    if (outlet === undefined) return
    switch (deed.type) {
      case "say":
        return outlet.say(deed.to, deed.what, deed.clientId)
      case "ack":
        return outlet.acknowledge(Math.floor(outlet.greeting.newest() * deed.share))
      case "mark":
        return outlet.obey(deed.make(this.#ids))
      case "drained":
        outlet.room = 3
        return void outlet.session.signal({ type: "drained", outlet })
      case "drop":
        return this.#drop(deed.who, outlet)
      case "leave":
        outlet.obey({ type: "leave" })
        return void this.#outlets.delete(deed.who)
    }
  }

  /** Every socket goes. */
  dropAll(): void {
    for (const [who, outlets] of this.#outlets) for (const outlet of [...outlets]) this.#drop(who, outlet)
    this.stage.flush()
    this.#heard.clear()
  }

  /** What each has heard since the last time, in an order of its own: who is told first is the scheduler's choice. */
  heard(): string[] {
    const now = [...this.#heard.keys()].map((outlet) => ({
      outlet,
      events: outlet.events.slice(this.#heard.get(outlet)),
    }))
    for (const { outlet, events } of now) for (const event of events) this.#learn(outlet, event)
    for (const { outlet } of now) this.#heard.set(outlet, outlet.events.length)
    return now.map(({ outlet, events }) => {
      const lines = events.filter(({ type }) => type !== "talks-changed").map((event) => this.plain(event))
      return [
        `${outlet.closed} ${outlet.live} ${outlet.handed.join()} ${this.plain(outlet.refused)}`,
        ...lines.sort(),
      ].join("\n")
    })
  }

  /** Somebody's session as a page would show it. */
  seen(who: string): string[] {
    const shots: Snapshot[] = []
    const tell = (shot: Snapshot) => {
      shots.push(shot)
      return "ok" as const
    }
    const replyTo: Ref<Snapshot> = { id: 0, path: "/", tell, signal: tell, offer: tell }
    for (const openId of people) this.stage.post.find(who)?.ref.signal({ type: "look", openId, replyTo })
    this.stage.flush()
    const maps = (_: string, value: unknown) => (value instanceof Map ? [...value] : value)
    return shots.map((shot) => this.plain(JSON.parse(JSON.stringify(shot, maps))))
  }

  /** As text in which messages have names for ids and no time, and sessions no epoch. */
  plain(value: unknown): string {
    let text = JSON.stringify(value, (key, each) => (unlike.has(key) ? undefined : each))
    for (const [id, name] of this.#names) text = text.replaceAll(id, name)
    return text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g, "a message that nobody has heard yet")
  }

  #come(who: string, share: number | undefined, room: number): void {
    const outlets = this.#outlets.get(who) ?? []
    this.#outlets.set(who, outlets)
    const known = this.#known.get(who)
    const cursor =
      share === undefined || known === undefined
        ? undefined
        : { ...known, after: Math.floor(known.after * share) }
    const outlet = new RecordingOutlet()
    outlet.room = room
    this.#heard.set(outlet, 0)
    const user = { id: who, name: who, classic: false }
    this.stage.presence.signal({ type: "join", user, first: { type: "attach", outlet, cursor } })
    this.stage.flush()
    outlets.push(outlet)
    const { resumed, seq, epoch, name, online, away } = outlet.greeting
    this.welcomes.push({ resumed, seq, name, online, away })
    this.#known.set(who, { after: seq, epoch })
  }

  #drop(who: string, outlet: RecordingOutlet): void {
    outlet.drop()
    this.#outlets.set(
      who,
      (this.#outlets.get(who) ?? []).filter((each) => each !== outlet),
    )
  }

  #learn({ greeting }: RecordingOutlet, event: SessionEvent): void {
    if (event.type !== "message") return
    const known = this.#known.get(greeting.id)
    if (known?.epoch === greeting.epoch && known.after < event.seq)
      this.#known.set(greeting.id, { ...known, after: event.seq })
    if (event.message.content === "") return
    const { id, senderId, content } = event.message
    const name = `${senderId}: ${content}`
    this.#ids.set(name, id)
    this.#names.set(id, name)
  }
}

/** What differs between worlds for messages and sessions that began in each. */
const unlike = new Set(["at", "frame", "epoch"])
