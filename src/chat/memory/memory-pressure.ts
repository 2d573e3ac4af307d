import type { Directory } from "../presence/directory.ts"
import type { Origin } from "../presence/presence-message.ts"
import type { LocalPost, LocalSession } from "../presence/sessions/local-post.ts"
import type { SessionRules } from "../presence/sessions/session-factory.ts"
import { keysOf, WaitingSessions } from "../presence/sessions/waiting-sessions.ts"
import type { MemoryBudget } from "./memory-budget.ts"
import { relief } from "./relief.ts"

/** Part of the budget that is freed beyond what is needed now, so that the next message does not ask again. */
const headroom = 0.02

const relieveMs = 100
/** There was nothing to free. */
const exhaustedMs = 1000

/** How many times the sessions of one address all of a site, a /48 of IPv6, have together. */
const siteShare = 16

/** Keeps what is held for users within the budget, and one address from holding it all. */
export class MemoryPressure {
  readonly #waiting = new WaitingSessions()
  readonly #origins = new Map<string, number>()
  /** Those that an address gave up, until they have ended or have a socket again. */
  readonly #givenUp = new Set<LocalSession>()

  constructor(
    readonly budget: MemoryBudget,
    readonly directory: Directory,
    readonly post: LocalPost,
    readonly rules: Pick<SessionRules, "sessionsOfAddress" | "unattached">,
  ) {}

  /** A socket of theirs comes from there. With the first one its address may have to give up another session. */
  comesFrom(session: LocalSession, address: Origin | undefined): void {
    if (address === undefined || session.address !== undefined) return
    session.address = address
    for (const key of keysOf(address)) this.#origins.set(key, (this.#origins.get(key) ?? 0) + 1)
    this.#makeRoom(address)
  }

  /** Of those that never had a socket the oldest end as if their window were over: pages alone keep nobody out. */
  beganUnattached(): void {
    const { directory, post, rules } = this
    const excess = rules.unattached === 0 ? 0 : directory.unattached - rules.unattached
    for (const { id } of directory.oldestUnattached(excess))
      post.find(id)?.ref.signal({ type: "window-over" })
  }

  /** A session is without a socket from now on. */
  waits(session: LocalSession): void {
    this.#waiting.add(session)
    this.#makeRoom(session.address)
  }

  attached(session: LocalSession): void {
    this.#waiting.remove(session)
    this.#givenUp.delete(session)
  }

  ended(session: LocalSession): void {
    const { account, address } = session
    this.#waiting.remove(session)
    this.#givenUp.delete(session)
    account.close()
    for (const key of keysOf(address)) {
      const count = (this.#origins.get(key) ?? 1) - 1
      if (count > 0) this.#origins.set(key, count)
      else this.#origins.delete(key)
    }
  }

  /**
   * Those longest without a socket go first, as if their window were over; then the largest journals shed. Answers in
   * how many milliseconds to ask again: what was asked of them takes a turn. Nothing when it is enough.
   */
  relieve(): number | undefined {
    const { budget, post } = this
    const { excess, limit } = budget
    const goal = excess > 0 ? excess + limit * headroom : 0
    const { ending, shedding } = relief(goal, this.#waiting.inOrder(), () => post.everyone())
    for (const { ref } of ending) ref.signal({ type: "window-over" })
    for (const { session, bytes } of shedding) session.ref.signal({ type: "release", bytes })
    budget.exhausted = excess > 0 && ending.length === 0 && shedding.length === 0
    if (excess > 0) return budget.exhausted ? exhaustedMs : relieveMs
    budget.relieved()
    return undefined
  }

  #makeRoom(address: Origin | undefined): void {
    const { sessionsOfAddress } = this.rules
    if (sessionsOfAddress === 0) return
    for (const key of keysOf(address)) {
      const most = sessionsOfAddress * (key === address?.site ? siteShare : 1)
      for (let excess = this.#countOf(key) - most; excess > 0; excess--) {
        const oldest = this.#waiting.oldestOf(key)
        if (oldest === undefined) break
        this.#waiting.remove(oldest)
        this.#givenUp.add(oldest)
        oldest.ref.signal({ type: "window-over" })
      }
    }
  }

  #countOf(key: string): number {
    let count = this.#origins.get(key) ?? 0
    for (const { address } of this.#givenUp) if (keysOf(address).includes(key)) count--
    return count
  }
}
