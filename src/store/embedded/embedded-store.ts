import type { PresenceChange, PresenceStore } from "../../chat/presence/presence-store.ts"
import { PostgresPresenceStore } from "../postgres/postgres-store.ts"
import type { StoreLog } from "../store-log.ts"
import { addressOf, type EmbeddedPostgres, startEmbedded } from "./server.ts"

/** Its write-ahead log grows by 16 MB per 110,000 changes, in memory: a checkpoint frees it long before. */
const changesBetweenVacuums = 20_000

export interface EmbeddedStoreOptions {
  readonly nodeId: string
  readonly leaseSeconds: number
  readonly log: StoreLog
  /** Starts the server; `startEmbedded` if left out. */
  readonly start?: (log: StoreLog) => Promise<EmbeddedPostgres>
}

/** Presence in an embedded Postgres. Every `open` starts an empty one: a failed one is not repaired. */
export class EmbeddedPresenceStore implements PresenceStore {
  #server: EmbeddedPostgres | undefined
  #store: PostgresPresenceStore | undefined
  #opened = 0
  #changes = 0

  constructor(readonly options: EmbeddedStoreOptions) {}

  /**
   * Its socket while it is up. Read the rows there only while nothing is being written: pglite-socket mixes up the
   * statements of two connections at once.
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
    if (this.#changes < changesBetweenVacuums) return
    this.#changes = 0
    await store.vacuum()
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
      // The rows end with the server.
    } finally {
      server?.stop()
    }
  }

  #running(): PostgresPresenceStore {
    if (this.#store !== undefined && this.#server?.alive) return this.#store
    throw new Error("the embedded database is not running")
  }
}
