/**
 * Compares the memory of users at their bounds with what they are charged for it: each part by itself, and all at once.
 * The charge of a part is high enough when its share is 100% or less.
 *
 *   bun bench/worst-user.ts [--users 1000] [--only WORDS]
 */
import { heapStats } from "bun:jsc"
import { parseArgs } from "node:util"
import type { Announcer } from "../src/chat/presence/announcer.ts"
import type { Outlet, Welcome } from "../src/chat/session/outlet.ts"
import type { Command, SessionEvent } from "../src/chat/session/session-message.ts"
import { readConfig } from "../src/config.ts"
import { startEngine } from "../src/engine.ts"

const { values } = parseArgs({
  options: { users: { type: "string", default: "1000" }, only: { type: "string" } },
})
const users = Number(values.users)
if (!(users > 0)) throw new Error("--users takes a whole number above 0")

const silent: Announcer = { expected: false, first() {}, everyone: () => ({ total: 0, each: 0 }) }
const config = readConfig({ MEMORY_BUDGET: "0", MAILBOX_LIMIT: "0" })
const { directory, memory, post, presence } = startEngine(
  config,
  () => {},
  silent,
  () => {},
  new Set(),
)

/** A socket that accepts everything, and keeps its welcome and the messages' ids. */
class Sink implements Outlet {
  readonly attended = false
  readonly isBehind = false
  readonly dialect = { channel: () => ({ publish: (event: SessionEvent) => void this.send(event) }) }
  readonly messageIds: string[] = []
  greeting: Welcome | undefined

  welcome(welcome: Welcome): void {
    this.greeting = welcome
  }

  send(event: SessionEvent): boolean {
    if (event.type === "message") this.messageIds.push(event.message.id)
    return true
  }

  goLive(): void {}
  fallBehind(): void {}
  handedOver(): void {}
  refuse(): void {}
  close(): void {}

  get id(): string {
    return this.greeting?.id ?? ""
  }

  obey(command: Command): void {
    this.greeting?.session.tell({ type: "command", outlet: this, command })
  }
}

/** A socket that has room for messages, but not for the frames after them. */
class Stuck extends Sink {
  #room = 501

  override send(): boolean {
    return --this.#room > 0
  }
}

type Fill = (one: Sink, peer: Sink, serial: number) => Promise<void>

const parts: Readonly<Record<string, Fill>> = {
  "a session": async () => {},
  "500 short messages": (one, peer) => say(one, peer, 500, (i) => text("a", 60, i)),
  "262,144 bytes of ASCII": (one, peer) => say(one, peer, 66, (i) => text("a", 4000, i)),
  "262,144 bytes with one wide letter": (one, peer) => say(one, peer, 66, (i) => `é😀${text("a", 3980, i)}`),
  "262,144 bytes of emoji": (one, peer) => say(one, peer, 17, (i) => text("😀", 4000, i)),
  "500 messages with a client_id": (one, peer) => say(one, peer, 500, (i) => text("a", 60, i), 64),
  "500 conversations": async (one, peer, serial) => {
    const peers = Array.from({ length: 500 }, (_, i) => sinks[(serial + i + 2) % sinks.length] ?? peer)
    for (const each of peers) one.obey(sayTo(each, text("a", 60, 0)))
    await settled()
  },
  "2,000 in flight, said to who blocks": async (one, peer) => {
    peer.obey({ type: "block", userId: one.id })
    await say(one, peer, 2000, (i) => text("a", 10, i))
  },
  "one in flight to each of 400 who block": async (one, _, serial) => {
    for (let i = 0; i < 400; i++) {
      const peer = sinks[(serial + i + 1) % sinks.length] ?? one
      peer.obey({ type: "block", userId: one.id })
    }
    await settled()
    for (let i = 0; i < 400; i++)
      one.obey(sayTo(sinks[(serial + i + 1) % sinks.length] ?? one, text("a", 4, i)))
    await settled()
  },
  "500 known to be undelivered": async (one, peer) => {
    peer.obey({ type: "block", userId: one.id })
    await say(one, peer, 2500, (i) => text("a", 4, i))
  },
  "500 reactions, and 10 sockets that read no more": async (one, peer) => {
    await say(peer, one, 500, (i) => text("a", 4, i))
    for (const messageId of peer.messageIds)
      peer.obey({ type: "react", peerId: one.id, messageId, emoji: "👍" })
    await settled()
    for (let i = 0; i < 9; i++) join(new Stuck(), one.id)
    await settled()
  },
  "runs of 500 who are blocked": async (one, _, serial) => {
    const strangers = Array.from({ length: 500 }, (_, i) => sinks[(serial + i + 1) % sinks.length] ?? one)
    for (const each of strangers) one.obey({ type: "block", userId: each.id })
    await settled()
    for (const each of strangers) each.obey(sayTo(one, text("a", 4, 0)))
    await settled()
  },
  "100 watched, 500 blocked": async (one) => {
    one.obey({ type: "watch", userIds: ids(100) })
    for (const userId of ids(500)) one.obey({ type: "block", userId })
    await settled()
  },
  "everything at once": async (one, peer, serial) => {
    for (const fill of Object.values(parts).slice(5, -1)) await fill(one, peer, serial)
  },
}

function join(outlet: Outlet, id: string): void {
  const user = { id, name: "A user of this bench", classic: false }
  presence.signal({ type: "join", user, first: { type: "attach", outlet, cursor: undefined } })
}

function text(letter: string, length: number, serial: number): string {
  return Buffer.from(`${serial} ${letter.repeat(length)}`.slice(0, length * letter.length)).toString()
}

function ids(count: number): string[] {
  return Array.from({ length: count }, () => crypto.randomUUID())
}

function sayTo(peer: Sink, content: string, clientId?: string): Command {
  return { type: "say", receiverId: peer.id, content, clientId, replyTo: undefined }
}

async function say(one: Sink, peer: Sink, count: number, content: (i: number) => string, idLength = 0) {
  for (let i = 0; i < count; i++) {
    const clientId = idLength > 0 ? text("i", idLength, i) : undefined
    one.obey(sayTo(peer, content(i), clientId))
    if (i % 100 === 99) await settled()
  }
  await settled()
}

/** Resolves when all earlier messages to the actors have been handled. */
function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0))
}

async function heap(): Promise<number> {
  await Bun.sleep(50)
  Bun.gc(true)
  Bun.gc(true)
  const { heapSize, extraMemorySize } = heapStats()
  return Math.max(heapSize, extraMemorySize)
}

let sinks: Sink[] = []
for (const [name, fill] of Object.entries(parts)) {
  if (values.only !== undefined && !name.includes(values.only)) continue
  sinks = Array.from({ length: users }, () => new Sink())
  const [heapBefore, chargedBefore] = [await heap(), memory.used]
  for (const outlet of sinks) join(outlet, crypto.randomUUID())
  await settled()
  await settled()
  for (const [i, one] of sinks.entries()) await fill(one, sinks[(i + 1) % users] ?? one, i)
  await Bun.sleep(300)
  const [took, charged] = [(await heap()) - heapBefore, memory.used - chargedBefore]
  const most = Math.max(...[...post.everyone()].map(({ account }) => account.bytes))
  console.log(
    `${name.padEnd(38)}${bytes(took / users)} a user in the heap, ${bytes(charged / users)} charged` +
      ` (${((took / charged) * 100).toFixed(0)}%); the largest account ${bytes(most)}`,
  )
  for (const one of sinks) one.obey({ type: "leave" })
  while (directory.size > 0) await settled()
}
process.exit()

function bytes(count: number): string {
  return `${(count / 1024).toFixed(1).padStart(8)} KiB`
}
