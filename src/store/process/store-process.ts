import type { PresenceChange, PresenceStore } from "../../chat/presence/presence-store.ts"
import { StoreTimeout, within } from "../postgres/deadline.ts"
import type { StoreLog } from "../store-log.ts"
import type { StoreCall, StoreSettings } from "./messages.ts"
import { StoreChild } from "./store-child.ts"

/**
 * How long a call may take, in milliseconds, before the process counts as hung: longer than the store's own timeouts.
 * The first opening may have to build the embedded database's image.
 */
const timeouts = { open: 60_000, write: 15_000, renew: 15_000, close: 4_000 }

export interface StoreProcessOptions extends StoreSettings {
  readonly log: StoreLog
  /** Called when the process ended unexpectedly, also between calls. */
  readonly lost: () => void
  /** Other timeouts, for tests. */
  readonly timeouts?: Partial<typeof timeouts>
}

/**
 * The presence store in a process of its own, so that neither a driver's failure nor the embedded database's memory
 * reaches the chat's process. `open` starts it if needed; one that hangs is killed, and the next `open` starts another.
 */
export class StoreProcess implements PresenceStore {
  #child: StoreChild | undefined

  constructor(readonly options: StoreProcessOptions) {}

  /** The id of the running process, if there is one. */
  get pid(): number | undefined {
    return this.#child?.alive ? this.#child.pid : undefined
  }

  async open(): Promise<void> {
    const { database, nodeId, leaseSeconds } = this.options
    if (!this.#child?.alive) this.#child = this.#start()
    await this.#ask(this.#child, { method: "open", settings: { database, nodeId, leaseSeconds } })
  }

  async write(changes: readonly PresenceChange[]): Promise<void> {
    await this.#ask(this.#running(), { method: "write", changes })
  }

  async renew(): Promise<number> {
    return (await this.#ask(this.#running(), { method: "renew" })) ?? 0
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child?.alive) return
    try {
      await this.#ask(child, { method: "close" })
    } finally {
      await child.kill()
    }
  }

  #start(): StoreChild {
    const child: StoreChild = new StoreChild({
      logged: ({ line }) => this.options.log(...line),
      ended: () => {
        if (this.#child === child) this.options.lost()
      },
    })
    return child
  }

  async #ask(child: StoreChild, call: StoreCall): Promise<number | undefined> {
    const ms = this.options.timeouts?.[call.method] ?? timeouts[call.method]
    try {
      return await within(ms, `the store's process: ${call.method}`, child.ask(call))
    } catch (error) {
      if (error instanceof StoreTimeout) void child.kill()
      throw error
    }
  }

  #running(): StoreChild {
    if (this.#child === undefined) throw new Error("the store is not open")
    return this.#child
  }
}
