import { permanent, type Ref } from "./actor/index.ts"
import type { PresenceChange } from "./chat/presence/presence-store.ts"
import { type Companion, echo, startEcho } from "./companion/echo.ts"
import type { Config } from "./config.ts"
import { type Engine, startEngine } from "./engine.ts"
import { createLog, kindOf, type Log } from "./log/log.ts"
import { type PresenceWriterMessage, presenceWriter } from "./store/presence-writer.ts"
import { StoreProcess } from "./store/process/store-process.ts"
import { startingHealth } from "./store/store-health.ts"
import { newKey } from "./web/http/pages/identity.ts"
import { Web } from "./web/server.ts"

/** The whole program: the store's writer, the engine and the web server. */
export class Duet {
  readonly #web: Web
  readonly #storeHealth = startingHealth()
  readonly #log: Log
  #engine: Engine | undefined
  #writer: Ref<PresenceWriterMessage> | undefined
  #echo: Companion | undefined

  constructor(
    readonly config: Config,
    readonly version: string,
  ) {
    this.#log = createLog(config.LOG_LEVEL)
    this.#web = new Web(config)
  }

  /** Resolves with the port once people are accepted; the store may come up later. Rejects when it cannot listen. */
  async start(): Promise<number> {
    const { config, version } = this
    const log = this.#log
    const companion = { ...echo, key: newKey() }
    const record = (changes: readonly PresenceChange[]) => this.#writer?.signal({ type: "changes", changes })
    const engine = startEngine(config, log, this.#web.announcer, record, new Set([companion.id]))
    const readiness = {
      sockets: () => ({ ok: true, state: "up" }),
      store: () => ({ ok: this.#storeHealth.state === "up", state: this.#storeHealth.state }),
    }
    const port = await this.#web.listen({ ...engine, config, version, log, readiness, companion })
    this.#engine = engine
    this.#writer = this.#startWriter(engine)
    this.#echo = startEcho({ url: this.#ownUrl(port), ...companion })
    return port
  }

  /** Closes the sockets with a code that lets them reconnect, and removes our rows, within `DRAIN_TIMEOUT`. */
  async stop(): Promise<void> {
    const deadlineMs = this.config.DRAIN_TIMEOUT * 0.9
    this.#log("info", "stopping", { sockets: this.#web.sockets })
    this.#attempt(() => this.#echo?.stop())
    this.#attempt(() => this.#web.stop())
    const drained = this.#drain(deadlineMs).then(() => true)
    const inTime = await Promise.race([drained, Bun.sleep(deadlineMs).then(() => false)])
    if (inTime) this.#log("info", "stopped")
    else this.#log("warn", "stopped before everything was done: our rows stay until the lease ends")
  }

  /** One failure must not keep the other parts from ending. */
  #attempt(end: () => void): void {
    try {
      end()
    } catch (error) {
      this.#log("error", "a part failed to stop", { error: kindOf(error) })
    }
  }

  /** Closes the store first, so that it need not write the end of every session. */
  async #drain(deadlineMs: number): Promise<void> {
    await new Promise<void>((done) => {
      if (this.#writer?.signal({ type: "close", done }) !== "ok") done()
    })
    await this.#engine?.system.shutdown(deadlineMs)
  }

  /** The URL by which this server reaches itself. */
  #ownUrl(port: number): string {
    const { HOST } = this.config
    const host = HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "::1" : HOST
    return `http://${host.includes(":") ? `[${host}]` : host}:${port}`
  }

  #startWriter({ system, directory }: Engine): Ref<PresenceWriterMessage> {
    const { DATABASE_URL, LEASE } = this.config
    const log = this.#log
    const leaseSeconds = LEASE / 1000
    const lost = () => void this.#writer?.signal({ type: "lost" })
    const nodeId = crypto.randomUUID()
    const store = new StoreProcess({ database: DATABASE_URL, nodeId, leaseSeconds, log, lost })
    const everyone = () => directory.rows()
    const writer = presenceWriter({ store, leaseSeconds, everyone, health: this.#storeHealth, log })
    return system.spawn(writer, { name: "presence-writer", supervision: permanent })
  }
}
