import postgres from "postgres"
import type { TestPostgres } from "../support/postgres.ts"
import type { Random } from "./random.ts"

/** Times in milliseconds. */
const calm = { least: 2000, most: 8000 }
const away = { least: 200, most: 3000 }

/** Gives a database faults: ended connections, a crash with recovery, silence. */
export class DatabaseFaults {
  readonly counts: Record<string, number> = {}
  #isOver = false
  #faults: Promise<void> | undefined

  constructor(
    readonly database: TestPostgres,
    readonly random: Random,
  ) {}

  start(): void {
    this.#faults = this.#run()
  }

  /** Stops the faults; the database runs. */
  async stop(): Promise<void> {
    this.#isOver = true
    await this.#faults
  }

  /** The names in the view that operators read. */
  async online(): Promise<string[]> {
    return await this.#ask(async (sql) =>
      (await sql`select name from people_online order by name`).map(({ name }) => String(name)),
    )
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      await this.#sleep(calm)
      if (this.#isOver) return
      const fault = this.random.pick(["connections ended", "connections ended", "killed", "silent"])
      this.counts[fault] = (this.counts[fault] ?? 0) + 1
      if (fault === "connections ended") await this.#endConnections()
      else if (fault === "killed") await this.#crash()
      else await this.#fallSilent()
    }
  }

  async #endConnections(): Promise<void> {
    await this.#ask(async (sql) => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and backend_type = 'client backend'`
    })
  }

  async #crash(): Promise<void> {
    await this.database.kill()
    await this.#sleep(away)
    await this.database.restart()
  }

  async #fallSilent(): Promise<void> {
    await this.database.pause()
    await this.#sleep(away)
    await this.database.resume()
  }

  /** Uses a new connection, for the faults may have ended the last one. */
  async #ask<T>(question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = postgres(this.database.url, { max: 1, fetch_types: false, onnotice: () => {} })
    try {
      return await question(sql)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }

  /** Ends early when the faults are stopped. */
  async #sleep({ least, most }: typeof calm): Promise<void> {
    const end = performance.now() + least + this.random.below(most - least)
    while (performance.now() < end && !this.#isOver) await Bun.sleep(50)
  }
}
