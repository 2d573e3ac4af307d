import type { Context, Ref } from "../../actor/index.ts"
import { type Account, textCost } from "../memory/memory-budget.ts"
import type { PresenceMessage } from "../presence/presence-message.ts"
import type { Person } from "./delivery/conversation.ts"
import type { OutletSet } from "./outlets/outlet-set.ts"
import type { SessionMessage } from "./session-message.ts"
import { type Stay, unattachedMs } from "./session-options.ts"
import type { AvailabilityState } from "./session-state.ts"

/** After which somebody from whom nothing comes is away. */
const idleMs = 5 * 60 * 1000

export interface AvailabilityParts {
  readonly id: string
  readonly name: string
  readonly stay: Stay | undefined
  readonly account: Account
  readonly context: Pick<Context<SessionMessage>, "self" | "now" | "timer" | "cancel">
  readonly presence: Ref<PresenceMessage>
  readonly outlets: Pick<OutletSet, "publish" | "size">
}

/** How a user is shown, and how long they stay so without a socket. */
export class Availability {
  #me: Person
  /** When each timer rings that has been set and has not rung. */
  #graceEnds: number | undefined
  #windowEnds: number | undefined
  #idleEnds: number | undefined

  constructor(
    readonly parts: AvailabilityParts,
    saved?: AvailabilityState,
  ) {
    const { id, name, stay } = parts
    this.#me = saved?.me ?? { id, name, online: false, away: false, gone: false }
    if (stay === undefined) return
    this.#windowOverIn(saved?.windowMs ?? unattachedMs)
    if (saved?.graceMs !== undefined) this.#graceOverIn(saved.graceMs)
    if (saved?.idleMs !== undefined) this.#idleIn(saved.idleMs)
  }

  get me(): Person {
    return this.#me
  }

  /** A socket has come. */
  attached(attended: boolean): void {
    const { context } = this.parts
    context.cancel("grace")
    context.cancel("window")
    this.#graceEnds = this.#windowEnds = undefined
    if (attended) this.stayAwake()
    this.show({ online: true })
  }

  /** The last socket has gone: offline after the grace, gone after the window. */
  detached({ graceMs, windowMs }: Stay): void {
    const { context, presence } = this.parts
    presence.signal({ type: "waiting", id: this.#me.id, session: context.self })
    this.#graceOverIn(graceMs)
    this.#windowOverIn(windowMs)
  }

  /** Somebody sits there: away only when nothing comes from them for a while. */
  stayAwake(): void {
    this.#idleIn(idleMs)
    if (this.#me.away) this.show({ away: false })
  }

  graceOver(): void {
    this.#graceEnds = undefined
    this.show({ online: false })
  }

  idle(): void {
    this.#idleEnds = undefined
    this.show({ away: true })
  }

  /** Has the user shown so, to everyone and on their own outlets. */
  show(how: Partial<Pick<Person, "name" | "online" | "away">>): void {
    const { account, outlets, presence } = this.parts
    const before = this.#me
    this.#me = { ...before, ...how }
    presence.signal({ type: "shown", person: this.#me })
    if (this.#me.name === before.name) return
    account.charge(textCost(this.#me.name) - textCost(before.name))
    outlets.publish({ type: "presence", person: this.#me })
  }

  save({ graceMs, windowMs }: Stay): AvailabilityState {
    const { context, outlets } = this.parts
    const now = context.now()
    const left = (ends: number | undefined) => ends && Math.max(0, Math.round(ends - now))
    const [me, idle] = [this.#me, left(this.#idleEnds)]
    if (outlets.size > 0) return { me, graceMs, windowMs, idleMs: idle }
    return { me, graceMs: left(this.#graceEnds), windowMs: left(this.#windowEnds) ?? 0, idleMs: idle }
  }

  #graceOverIn(ms: number): void {
    this.#graceEnds = this.parts.context.now() + ms
    this.parts.context.timer("grace", ms, { type: "grace-over" })
  }

  #windowOverIn(ms: number): void {
    this.#windowEnds = this.parts.context.now() + ms
    this.parts.context.timer("window", ms, { type: "window-over" })
  }

  #idleIn(ms: number): void {
    this.#idleEnds = this.parts.context.now() + ms
    this.parts.context.timer("idle", ms, { type: "idle" })
  }
}
