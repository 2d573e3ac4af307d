import type { Directory } from "./directory.ts"
import type { Member } from "./member.ts"
import type { MemoryBudget } from "./memory-budget.ts"
import { relief } from "./relief.ts"
import type { SessionRules } from "./session-factory.ts"
import { WaitingSessions } from "./waiting-sessions.ts"

/** Part of the budget that is freed beyond what is needed now, so that the next message does not ask again. */
const headroom = 0.02

/** Keeps what is held for users within the budget, and one address from holding it all. */
export class MemoryPressure {
  readonly #waiting = new WaitingSessions()
  readonly #addresses = new Map<string, number>()

  constructor(
    readonly budget: MemoryBudget,
    readonly directory: Directory,
    readonly rules: Pick<SessionRules, "sessionsOfAddress" | "unattached">,
  ) {}

  /** A socket of theirs comes from there. With the first one its address may have to give up another session. */
  comesFrom(member: Member, address: string | undefined): void {
    if (address === undefined || member.address !== undefined) return
    member.address = address
    const count = this.#addresses.get(address) ?? 0
    this.#addresses.set(address, count + 1)
    const { sessionsOfAddress } = this.rules
    if (sessionsOfAddress > 0 && count >= sessionsOfAddress)
      this.#waiting.oldestOf(address)?.session.signal({ type: "window-over" })
  }

  /** Of those that never had a socket the oldest end as if their window were over: pages alone keep nobody out. */
  beganUnattached(): void {
    const { directory, rules } = this
    const excess = rules.unattached === 0 ? 0 : directory.unattached - rules.unattached
    for (const { session } of directory.oldestUnattached(excess)) session.signal({ type: "window-over" })
  }

  /** A session is without a socket from now on. */
  waits(member: Member): void {
    this.#waiting.add(member)
  }

  attached(member: Member): void {
    this.#waiting.remove(member)
  }

  ended(member: Member): void {
    const { account, address } = member
    this.#waiting.remove(member)
    account.close()
    if (address === undefined) return
    const count = (this.#addresses.get(address) ?? 1) - 1
    if (count > 0) this.#addresses.set(address, count)
    else this.#addresses.delete(address)
  }

  /**
   * Those longest without a socket go first, as if their window were over; then the largest journals shed. Says whether
   * to ask again: what was asked of them takes a turn.
   */
  relieve(): boolean {
    const { budget, directory } = this
    const { excess, limit } = budget
    const goal = excess > 0 ? excess + limit * headroom : 0
    const { ending, shedding } = relief(goal, this.#waiting.inOrder(), () => directory.everyone())
    for (const { session } of ending) session.signal({ type: "window-over" })
    for (const { member, bytes } of shedding) member.session.signal({ type: "release", bytes })
    budget.exhausted = excess > 0 && ending.length === 0 && shedding.length === 0
    if (excess > 0) return true
    budget.relieved()
    return false
  }
}
