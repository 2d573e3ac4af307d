import type { PresenceChange, PresenceStore } from "../../chat/presence/presence-store.ts"
import { PostgresPresenceStore } from "../postgres/postgres-store.ts"
import type { StoreLog } from "../store-log.ts"
import { addressOf, type EmbeddedPostgres, startEmbedded } from "./server.ts"

/** Its log grows by 16 MB with 110,000 changes, in memory: it is cut long before. */
const changesBetweenTidying = 20_000

export interface EmbeddedStoreOptions {
  readonly nodeId: string
  readonly leaseSeconds: number
  readonly log: StoreLog
  /** Starts the server; the project's own if left out. */
  readonly start?: (log: StoreLog) => Promise<EmbeddedPostgres>
}

/** Presence in a Postgres of our own. Every `open` starts an empty one: a failed one is not worth mending. */
export class EmbeddedPresenceStore implements PresenceStore {
  #server: EmbeddedPostgres | undefined
  #store: PostgresPresenceStore | undefined
  #opened = 0
  #changes = 0

  constructor(readonly options: EmbeddedStoreOptions) {}

  /**
   * Its socket, while it is up, for a look at the rows when nothing is being written: pglite-socket mixes
   * up the statements of two connections at once.
   */
  get path(): string | undefined {
    return this.#server?.alive ? this.#server.path : undefined
  }

  async open(): Promise<void> {
    const opening = ++this.#opened
    await this.#release()
    const { nodeId, leaseSeconds, log, start = startEmbedded } = this.options
    const server = await start(log)
    if (opening !== this.#opened) {
      server.stop()
      throw new Error("the store was closed while it opened")
    }
    this.#server = server
    this.#store = new PostgresPresenceStore({ at: addressOf(server), nodeId, leaseSeconds })
    this.#changes = 0
    await this.#store.open()
  }

  async write(changes: readonly PresenceChange[]): Promise<void> {
    const store = this.#running()
    await store.write(changes)
    this.#changes += changes.length
    if (this.#changes < changesBetweenTidying) return
    this.#changes = 0
    await store.tidy()
  }

  async renew(): Promise<number> {
    return this.#running().renew()
  }

  async close(): Promise<void> {
    this.#opened++
    await this.#release()
  }

  async #release(): Promise<void> {
    const [server, store] = [this.#server, this.#store]
    this.#server = undefined
    this.#store = undefined
    try {
      if (server?.alive) await store?.close()
    } catch {
      // Its rows go with it.
    } finally {
      server?.stop()
    }
  }

  #running(): PostgresPresenceStore {
    if (this.#store !== undefined && this.#server?.alive) return this.#store
    throw new Error("the embedded database is not running")
  }
}
