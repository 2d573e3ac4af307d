import type { Socket } from "node:net"
import postgres, { type Sql } from "postgres"
import { type DatabaseAddress, type DatabaseServer, describeServer } from "./database-url.ts"
import { Dialer } from "./dialer.ts"
import { describeFailure } from "./failure.ts"
import { SchemaError } from "./schema-error.ts"

/** None of several servers could be used. */
class NoServer extends Error {
  readonly code = "NO_SERVER"
}

/** The connections to one server of an address: the first that works. */
export class PostgresConnections {
  #sql: Sql | undefined
  #dialer: Dialer | undefined
  #closed = false

  constructor(readonly address: DatabaseAddress) {}

  /** `undefined` until a server is tried. */
  get sql(): Sql | undefined {
    return this.#sql
  }

  /**
   * Tries the servers in order until `work` succeeds, and keeps that one. A database with an unusable schema ends the
   * search, for a standby would have the same.
   */
  async use(work: (sql: Sql) => Promise<void>): Promise<void> {
    const failures: string[] = []
    for (const server of this.address.servers) {
      if (this.#closed) throw new Error("the store was closed while it opened")
      try {
        return await work(this.#connect(server))
      } catch (error) {
        if (this.#closed || error instanceof SchemaError || this.address.servers.length === 1) throw error
        await this.#hangUp()
        failures.push(`${describeServer(server)}: ${describeFailure(error)}`)
      }
    }
    throw new NoServer(failures.join("; "))
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#hangUp()
  }

  #connect(server: DatabaseServer): Sql {
    const { user, password, database, parameters } = this.address
    const { applicationName, connectSeconds, connections, options } = parameters
    const dialer = new Dialer(server, parameters)
    this.#dialer = dialer
    const place = "path" in server ? { path: server.path } : { host: server.host, port: server.port }
    const ours = {
      ...place,
      user,
      database,
      password,
      // The dialer does TLS.
      ssl: false,
      socket: (): Promise<Socket> => dialer.dial(),
      max: connections,
      connect_timeout: connectSeconds,
      // A pooler may run each transaction in another session, where named statements are unknown.
      prepare: false,
      connection: { application_name: applicationName, ...(options !== undefined && { options }) },
      onnotice: () => {},
    }
    this.#sql = postgres(ours)
    return this.#sql
  }

  async #hangUp(): Promise<void> {
    const [sql, dialer] = [this.#sql, this.#dialer]
    this.#sql = undefined
    this.#dialer = undefined
    await sql?.end({ timeout: 0 })
    dialer?.close()
  }
}
