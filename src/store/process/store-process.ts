import type { PresenceChange, PresenceStore } from "../../chat/presence/presence-store.ts"
import { StoreTimeout, within } from "../postgres/deadline.ts"
import type { StoreLog } from "../store-log.ts"
import type { StoreOrder, StoreWork } from "./messages.ts"
import { StoreChild } from "./store-child.ts"

/**
 * How long the process may take, in milliseconds, before it counts as hung: more than the store gives itself. The
 * first opening may have to build the embedded database's image.
 */
const patience = { open: 60_000, write: 15_000, renew: 15_000, close: 4_000 }

export interface StoreProcessOptions extends StoreOrder {
  readonly log: StoreLog
  /** Told when the process ended that should be there, also when nothing was asked of it. */
  readonly lost: () => void
  /** Others than the preset ones, for tests. */
  readonly patience?: Partial<typeof patience>
}

/**
 * The presence store in a process of its own, where no failure of a driver, and no embedded database's memory, is the
 * chat's. `open` starts it when it is not there; one that hangs is killed, and the next `open` starts another.
 */
export class StoreProcess implements PresenceStore {
  #child: StoreChild | undefined

  constructor(readonly options: StoreProcessOptions) {}

  /** Of the process, while there is one. */
  get pid(): number | undefined {
    return this.#child?.alive ? this.#child.pid : undefined
  }

  async open(): Promise<void> {
    const { database, nodeId, leaseSeconds } = this.options
    if (!this.#child?.alive) this.#child = this.#start()
    await this.#ask(this.#child, { work: "open", order: { database, nodeId, leaseSeconds } })
  }

  async write(changes: readonly PresenceChange[]): Promise<void> {
    await this.#ask(this.#running(), { work: "write", changes })
  }

  async renew(): Promise<number> {
    return (await this.#ask(this.#running(), { work: "renew" })) ?? 0
  }

  async close(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child?.alive) return
    try {
      await this.#ask(child, { work: "close" })
    } finally {
      await child.kill()
    }
  }

  #start(): StoreChild {
    const child: StoreChild = new StoreChild({
      heard: ({ line }) => this.options.log(...line),
      ended: () => {
        if (this.#child === child) this.options.lost()
      },
    })
    return child
  }

  async #ask(child: StoreChild, work: StoreWork): Promise<number | undefined> {
    const ms = this.options.patience?.[work.work] ?? patience[work.work]
    try {
      return await within(ms, `the store's process: ${work.work}`, child.ask(work))
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
