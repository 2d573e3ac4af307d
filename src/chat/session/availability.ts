import type { Context, Ref } from "../../actor/index.ts"
import type { PresenceMessage } from "../presence/presence-message.ts"
import type { Person } from "./delivery/conversation.ts"
import type { OutletSet } from "./outlets/outlet-set.ts"
import type { SessionMessage } from "./session-message.ts"
import { type Stay, unattachedMs } from "./session-options.ts"

/** After which somebody from whom nothing comes is away. */
const idleMs = 5 * 60 * 1000

export interface AvailabilityParts {
  readonly id: string
  readonly name: string
  readonly stay: Stay | undefined
  readonly context: Pick<Context<SessionMessage>, "self" | "timer" | "cancel">
  readonly presence: Ref<PresenceMessage>
  readonly outlets: Pick<OutletSet, "publish">
}

/** How a user is shown, and how long they stay so without a socket. */
export class Availability {
  #me: Person

  constructor(readonly parts: AvailabilityParts) {
    const { context, id, name, stay } = parts
    this.#me = { id, name, online: false, away: false, gone: false }
    if (stay !== undefined) context.timer("window", unattachedMs, { type: "window-over" })
  }

  get me(): Person {
    return this.#me
  }

  /** A socket has come. */
  attached(attended: boolean): void {
    const { context } = this.parts
    context.cancel("grace")
    context.cancel("window")
    if (attended) this.stayAwake()
    this.show({ online: true })
  }

  /** The last socket has gone: offline after the grace, gone after the window. */
  detached({ graceMs, windowMs }: Stay): void {
    const { context, presence } = this.parts
    presence.signal({ type: "waiting", id: this.#me.id, session: context.self })
    context.timer("grace", graceMs, { type: "grace-over" })
    context.timer("window", windowMs, { type: "window-over" })
  }

  /** Somebody sits there: away only when nothing comes from them for a while. */
  stayAwake(): void {
    this.parts.context.timer("idle", idleMs, { type: "idle" })
    if (this.#me.away) this.show({ away: false })
  }

  /** Has the user shown so, to everyone and on their own outlets. */
  show(how: Partial<Pick<Person, "name" | "online" | "away">>): void {
    const { outlets, presence } = this.parts
    const renamed = how.name !== undefined && how.name !== this.#me.name
    this.#me = { ...this.#me, ...how }
    presence.signal({ type: "shown", person: this.#me })
    if (renamed) outlets.publish({ type: "presence", person: this.#me })
  }
}
