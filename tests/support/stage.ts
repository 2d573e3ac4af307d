import type { Budget, Ref } from "../../src/actor/index.ts"
import { createTestSystem } from "../../src/actor/testing.ts"
import type { Cursor } from "../../src/chat/epoch.ts"
import { MemoryBudget } from "../../src/chat/memory/memory-budget.ts"
import type { Announcer, Cost, PeopleList, PeopleNews } from "../../src/chat/presence/announcer.ts"
import { type Cluster, Solitary } from "../../src/chat/presence/cluster.ts"
import { Directory } from "../../src/chat/presence/directory.ts"
import { Presence } from "../../src/chat/presence/presence.ts"
import type { Origin, PresenceMessage } from "../../src/chat/presence/presence-message.ts"
import type { PresenceChange } from "../../src/chat/presence/presence-store.ts"
import { LocalPost } from "../../src/chat/presence/sessions/local-post.ts"
import type { SessionRules } from "../../src/chat/presence/sessions/session-factory.ts"
import type { Refusal } from "../../src/chat/refusal.ts"
import type { Channel, CloseReason, Dialect, Outlet, Welcome } from "../../src/chat/session/outlet.ts"
import type { Command, SessionEvent, SessionMessage } from "../../src/chat/session/session-message.ts"
import { Stamper } from "../../src/chat/stamper.ts"

export const graceMs = 5_000
export const windowMs = 120_000

export interface StageOptions {
  readonly seed?: number
  /** The time at the start, in milliseconds since the epoch. */
  readonly now?: number
  readonly rules?: Partial<SessionRules>
  readonly budget?: number
  /** How much the scheduler does before it yields. */
  readonly turns?: Budget
  /** The memory budget for all users, in bytes; 0 for none. */
  readonly memory?: number
  /** Ids of users whom no list names. */
  readonly companions?: readonly string[]
  readonly cluster?: Cluster
}

/** The chat domain on the production scheduler, with a test's clock and outlets in memory. */
export function createStage({
  seed = 1,
  now,
  rules,
  budget = 0,
  memory: memoryLimit = 0,
  companions = [],
  turns = {},
  cluster = new Solitary(),
}: StageOptions = {}) {
  const test = createTestSystem({ seed, budget: turns, ...(now === undefined ? {} : { now }) })
  const directory = new Directory()
  const post = new LocalPost()
  const announcer = new RecordingAnnouncer()
  const recorded: PresenceChange[] = []
  const memory = new MemoryBudget(memoryLimit)
  const stamper = new Stamper(test.clock)
  const preset: SessionRules = {
    stay: { graceMs, windowMs },
    journal: { messages: 500, bytes: 262_144 },
    outlets: 10,
    mailbox: 1000,
    bytes: 0,
    sessionsOfAddress: 0,
    unattached: 0,
  }
  const presence: Ref<PresenceMessage> = test.system.spawn<PresenceMessage>(
    (context) =>
      new Presence(context, {
        directory,
        post,
        cluster,
        announcer,
        budget,
        memory,
        stamper,
        rules: { ...preset, ...rules },
        companions: new Set(companions),
        record: (changes) => recorded.push(...changes),
      }),
    { name: "presence" },
  )
  test.flush()

  function join(
    name: string,
    options: { classic?: boolean; id?: string; cursor?: Cursor; address?: Origin } = {},
  ): RecordingOutlet {
    const outlet = new RecordingOutlet()
    const { classic = false, id = crypto.randomUUID(), address, cursor } = options
    const user = { id, name, classic, address }
    presence.signal({ type: "join", user, first: { type: "attach", outlet, cursor } })
    test.flush()
    return outlet
  }

  return { ...test, presence, directory, post, memory, announcer, recorded, join }
}

/** An outlet in memory: it keeps all events, and the test sets whether it has room. */
export class RecordingOutlet implements Outlet, Dialect, Channel {
  readonly dialect = this
  readonly attended = true
  readonly events: SessionEvent[] = []
  readonly handed: number[] = []
  room = Number.POSITIVE_INFINITY
  live = false
  isBehind = false
  closed: CloseReason | undefined
  readonly refused: Refusal[] = []
  #welcome: Welcome | undefined

  get id(): string {
    return this.greeting.id
  }

  get session(): Ref<SessionMessage> {
    return this.greeting.session
  }

  get greeting(): Welcome {
    if (this.#welcome === undefined) throw new Error("not welcomed yet")
    return this.#welcome
  }

  /** The cursor of a client that has all messages up to this number. */
  at(after: number): Cursor {
    return { after, epoch: this.greeting.epoch }
  }

  get contents(): string[] {
    return this.events.flatMap((event) => (event.type === "message" ? [event.message.content] : []))
  }

  of<T extends SessionEvent["type"]>(type: T): (SessionEvent & { type: T })[] {
    return this.events.filter((event): event is SessionEvent & { type: T } => event.type === type)
  }

  obey(command: Command): void {
    this.session.tell({ type: "command", outlet: this, command })
  }

  say(receiverId: string, content: string, clientId?: string): void {
    this.obey({ type: "say", receiverId, content, clientId, replyTo: undefined })
  }

  acknowledge(seq: number): void {
    this.obey({ type: "ack", seq })
  }

  drop(): void {
    this.session.tell({ type: "detach", outlet: this })
  }

  welcome(welcome: Welcome): void {
    this.#welcome = welcome
  }

  channel(): Channel {
    return this
  }

  publish(event: SessionEvent): void {
    this.events.push(event)
  }

  send(event: SessionEvent): boolean {
    this.events.push(event)
    return --this.room > 0
  }

  goLive(): void {
    this.live = true
  }

  fallBehind(): void {
    this.live = false
  }

  handedOver(seq: number): void {
    this.handed.push(seq)
  }

  refuse(refusal: Refusal): void {
    this.refused.push(refusal)
  }

  close(reason: CloseReason): void {
    this.closed = reason
  }
}

class RecordingAnnouncer implements Announcer {
  readonly lists: PeopleList[] = []
  expected = false
  /** The cost that each list reports, over all sockets and for one. */
  cost = 0
  costEach = 0

  get names(): string[] {
    return (this.lists.at(-1)?.members ?? []).map(({ name }) => name)
  }

  first(list: PeopleList): void {
    this.expected = false
    this.lists.push(list)
  }

  readonly news: PeopleNews[] = []

  everyone(news: PeopleNews): Cost {
    this.expected = false
    this.lists.push(news)
    this.news.push(news)
    return { total: this.cost, each: this.costEach }
  }
}
