import type { Ref } from "../../actor/index.ts"
import type { SessionMessage } from "../session/session-message.ts"

/** Which sessions want to know of which users, in both directions. */
export class Watchers {
  readonly #byUser = new Map<string, Map<number, Ref<SessionMessage>>>()
  readonly #usersOf = new Map<number, Set<string>>()

  of(userId: string): Iterable<Ref<SessionMessage>> {
    return this.#byUser.get(userId)?.values() ?? []
  }

  add(userId: string, watcher: Ref<SessionMessage>): void {
    const users = this.#usersOf.get(watcher.id) ?? new Set()
    this.#usersOf.set(watcher.id, users.add(userId))
    const watchers = this.#byUser.get(userId) ?? new Map<number, Ref<SessionMessage>>()
    this.#byUser.set(userId, watchers.set(watcher.id, watcher))
  }

  remove(userId: string, watcher: Ref<SessionMessage>): void {
    this.#usersOf.get(watcher.id)?.delete(userId)
    this.#drop(userId, watcher)
  }

  forget(watcher: Ref<never>): void {
    for (const userId of this.#usersOf.get(watcher.id) ?? []) {
      this.#drop(userId, watcher)
    }
    this.#usersOf.delete(watcher.id)
  }

  #drop(userId: string, watcher: Ref<never>): void {
    const watchers = this.#byUser.get(userId)
    watchers?.delete(watcher.id)
    if (watchers?.size === 0) this.#byUser.delete(userId)
  }
}
