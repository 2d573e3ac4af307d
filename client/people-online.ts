import { httpUrl } from "./address.ts"
import type { People, Person } from "./events.ts"
import type { PresenceDiffFrame, UserListFrame } from "./frames.ts"
import type { Platform } from "./options.ts"

/** Pages of `GET /users` that one refresh reads, of 200 people each. */
const pages = 5
const pageSize = 200

/** Clients spread their refreshes over this time at random, in milliseconds, so that a crowd does not ask at once. */
const spreadMs = 5000

/** Who is online: the server's first list and its diffs. After a partial diff the client asks for the list. */
export class PeopleOnline {
  readonly #byId = new Map<string, Person>()
  #total = 0
  #cancelRefresh: (() => void) | undefined
  #stopped = false

  constructor(
    readonly base: string,
    readonly platform: Pick<Platform, "clock" | "random" | "fetch">,
    readonly tell: (people: People) => void,
  ) {}

  get now(): People {
    return { list: [...this.#byId.values()], total: this.#total }
  }

  listed({ users, total }: Pick<UserListFrame, "total"> & { readonly users: readonly Person[] }): void {
    this.#byId.clear()
    for (const { id, name } of users) this.#byId.set(id, { id, name })
    this.#changed(total)
  }

  changed({ joined, left, total, partial }: PresenceDiffFrame): void {
    for (const id of left) this.#byId.delete(id)
    for (const { id, name } of joined) this.#byId.set(id, { id, name })
    if (partial) this.#refreshSoon()
    this.#changed(total)
  }

  stop(): void {
    this.#stopped = true
    this.#cancelRefresh?.()
  }

  #changed(total: number): void {
    this.#total = total
    this.tell(this.now)
  }

  #refreshSoon(): void {
    const { clock, random } = this.platform
    this.#cancelRefresh ??= clock.after(random() * spreadMs, () => {
      this.#cancelRefresh = undefined
      void this.#refresh()
    })
  }

  async #refresh(): Promise<void> {
    const found: Person[] = []
    let total = 0
    let after: string | null = null
    for (let page = 0; page < pages && (page === 0 || after !== null); page++) {
      const answer = await this.#fetchPage(after)
      if (answer === undefined || this.#stopped) return
      found.push(...answer.users)
      total = answer.total
      after = answer.next
    }
    this.listed({ users: found, total })
  }

  async #fetchPage(after: string | null): Promise<Page | undefined> {
    const query = after === null ? "" : `&after=${encodeURIComponent(after)}`
    try {
      const response = await this.platform.fetch(httpUrl(this.base, `users?limit=${pageSize}${query}`))
      const page = await response.json()
      return isPage(page) ? page : undefined
    } catch {
      return undefined
    }
  }
}

interface Page {
  readonly users: readonly Person[]
  readonly total: number
  readonly next: string | null
}

function isPage(body: unknown): body is Page {
  return typeof body === "object" && body !== null && "users" in body && Array.isArray(body.users)
}
