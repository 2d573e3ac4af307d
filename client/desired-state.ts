import type { Command } from "./frames.ts"

/** The state that a program asked for (watched, blocked, away), which a new session must be told again. */
export class DesiredState {
  readonly #watched = new Set<string>()
  readonly #blocked = new Set<string>()
  #away = false

  apply(command: Command): void {
    switch (command.type) {
      case "watch":
        for (const id of command.user_ids) this.#watched.add(id)
        return
      case "unwatch":
        for (const id of command.user_ids) this.#watched.delete(id)
        return
      case "block":
        this.#blocked.add(command.user_id)
        return
      case "unblock":
        this.#blocked.delete(command.user_id)
        return
      case "status":
        this.#away = command.status === "away"
        return
      default:
        return
    }
  }

  commands(): Command[] {
    const commands: Command[] = [...this.#blocked].map((user_id) => ({ type: "block", user_id }))
    if (this.#watched.size > 0) commands.push({ type: "watch", user_ids: [...this.#watched] })
    if (this.#away) commands.push({ type: "status", status: "away" })
    return commands
  }
}
