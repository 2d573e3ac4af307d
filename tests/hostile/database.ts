import postgres from "postgres"
import type { TestPostgres } from "../support/postgres.ts"
import type { Random } from "./random.ts"

/** Times in milliseconds. */
const calm = { least: 2000, most: 8000 }
const away = { least: 200, most: 3000 }

/** Does to a database what databases suffer: connections ended, a crash and a recovery, silence. */
export class DatabaseTroubles {
  readonly counts: Record<string, number> = {}
  #isOver = false
  #troubles: Promise<void> | undefined

  constructor(
    readonly database: TestPostgres,
    readonly random: Random,
  ) {}

  start(): void {
    this.#troubles = this.#run()
  }

  /** Leaves it running. */
  async stop(): Promise<void> {
    this.#isOver = true
    await this.#troubles
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
      const trouble = this.random.pick(["connections ended", "connections ended", "killed", "silent"])
      this.counts[trouble] = (this.counts[trouble] ?? 0) + 1
      if (trouble === "connections ended") await this.#endConnections()
      else if (trouble === "killed") await this.#crash()
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

  /** By a connection of its own, so that the troubles meet none of ours. */
  async #ask<T>(question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    const sql = postgres(this.database.url, { max: 1, fetch_types: false, onnotice: () => {} })
    try {
      return await question(sql)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }

  /** Shorter when the troubles are over meanwhile. */
  async #sleep({ least, most }: typeof calm): Promise<void> {
    const end = performance.now() + least + this.random.below(most - least)
    while (performance.now() < end && !this.#isOver) await Bun.sleep(50)
  }
}
