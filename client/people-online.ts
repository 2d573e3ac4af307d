import { httpUrl } from "./address.ts"
import type { People, Person } from "./events.ts"
import type { PeopleFrame, PeopleNewsFrame } from "./frames.ts"
import type { Surroundings } from "./options.ts"

/** Pages of `GET /users` that one look takes, of 200 people each. */
const pages = 5
const pageSize = 200

/** A crowd does not ask together: within this, in milliseconds, by chance. */
const spreadMs = 5000

/** Who is online: the server's first list and the changes since. When it cannot tell them all, it is asked. */
export class PeopleOnline {
  readonly #byId = new Map<string, Person>()
  #total = 0
  #cancelLook: (() => void) | undefined
  #stopped = false

  constructor(
    readonly base: string,
    readonly surroundings: Pick<Surroundings, "clock" | "random" | "fetch">,
    readonly tell: (people: People) => void,
  ) {}

  get now(): People {
    return { list: [...this.#byId.values()], total: this.#total }
  }

  listed({ users, total }: Pick<PeopleFrame, "total"> & { readonly users: readonly Person[] }): void {
    this.#byId.clear()
    for (const { id, name } of users) this.#byId.set(id, { id, name })
    this.#changed(total)
  }

  changed({ joined, left, total, partial }: PeopleNewsFrame): void {
    for (const id of left) this.#byId.delete(id)
    for (const { id, name } of joined) this.#byId.set(id, { id, name })
    if (partial) this.#lookSoon()
    this.#changed(total)
  }

  stop(): void {
    this.#stopped = true
    this.#cancelLook?.()
  }

  #changed(total: number): void {
    this.#total = total
    this.tell(this.now)
  }

  #lookSoon(): void {
    const { clock, random } = this.surroundings
    this.#cancelLook ??= clock.after(random() * spreadMs, () => {
      this.#cancelLook = undefined
      void this.#look()
    })
  }

  async #look(): Promise<void> {
    const found: Person[] = []
    let total = 0
    let after: string | null = null
    for (let page = 0; page < pages && (page === 0 || after !== null); page++) {
      const answer = await this.#page(after)
      if (answer === undefined || this.#stopped) return
      found.push(...answer.users)
      total = answer.total
      after = answer.next
    }
    this.listed({ users: found, total })
  }

  async #page(after: string | null): Promise<Page | undefined> {
    const query = after === null ? "" : `&after=${encodeURIComponent(after)}`
    try {
      const response = await this.surroundings.fetch(httpUrl(this.base, `users?limit=${pageSize}${query}`))
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
