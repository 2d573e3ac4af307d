import type { Errand } from "./frames.ts"

/** What holds until it is taken back, and so must be said again to a new session. */
export class StandingOrders {
  readonly #watched = new Set<string>()
  readonly #blocked = new Set<string>()
  #away = false

  note(errand: Errand): void {
    switch (errand.type) {
      case "watch":
        for (const id of errand.user_ids) this.#watched.add(id)
        return
      case "unwatch":
        for (const id of errand.user_ids) this.#watched.delete(id)
        return
      case "block":
        this.#blocked.add(errand.user_id)
        return
      case "unblock":
        this.#blocked.delete(errand.user_id)
        return
      case "status":
        this.#away = errand.status === "away"
        return
      default:
        return
    }
  }

  frames(): Errand[] {
    const frames: Errand[] = [...this.#blocked].map((user_id) => ({ type: "block", user_id }))
    if (this.#watched.size > 0) frames.push({ type: "watch", user_ids: [...this.#watched] })
    if (this.#away) frames.push({ type: "status", status: "away" })
    return frames
  }
}
