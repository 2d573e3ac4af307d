import { expect } from "bun:test"
import { permanent, type Ref } from "../../src/actor/index.ts"
import { createTestSystem, type TestSystem } from "../../src/actor/testing.ts"
import type { PresenceRow } from "../../src/chat/presence/presence-store.ts"
import { presenceWriter } from "../../src/store/presence-writer.ts"
import type { PresenceWriterMessage } from "../../src/store/presence-writer-message.ts"
import { type StoreHealth, startingHealth } from "../../src/store/store-health.ts"
import { ScriptedStore } from "./scripted-store.ts"

export let clock: TestSystem
export let store: ScriptedStore
export let people: PresenceRow[]
export let health: StoreHealth
export let logged: string[]
export let writer: Ref<PresenceWriterMessage>

/** A new writer without people, whose store is not open yet; sets the bindings above. */
export async function setUp(): Promise<void> {
  clock = createTestSystem()
  store = new ScriptedStore()
  people = []
  logged = []
  health = startingHealth(0)
  const log = (level: string, message: string) => void logged.push(`${level}: ${message}`)
  const start = presenceWriter({ store, leaseSeconds: 30, everyone: () => people, health, log })
  writer = clock.system.spawn(start, { name: "store", supervision: permanent })
  await clock.settle()
}

/** Sets who is online. */
export function here(...rows: PresenceRow[]): void {
  people = rows
}

export async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await clock.settle()
}

export async function opened(): Promise<void> {
  store.answer("open")
  await clock.settle()
}

export async function tell(
  ...changes: Extract<PresenceWriterMessage, { type: "changes" }>["changes"]
): Promise<void> {
  expect(writer.tell({ type: "changes", changes })).toBe("ok")
  await clock.settle()
}

/** Answers the next renewal with this number of rows. */
export async function renewed(held: number): Promise<void> {
  store.held = held
  await pass(10_000)
  store.answer("renew")
  await clock.settle()
}

export async function close(): Promise<{ done: boolean }> {
  const closed = { done: false }
  const done = () => {
    closed.done = true
  }
  writer.tell({ type: "close", done })
  await clock.settle()
  return closed
}
