import type { Parent } from "../actor.ts"
import type { SpawnOptions, StopReason } from "../behavior.ts"
import type { Ref, Told } from "../ref.ts"
import type { DeadLetterReason } from "./dead-letters.ts"
import type { Envelope } from "./envelope.ts"
import { Mailbox } from "./mailbox.ts"
import type { Runtime } from "./runtime.ts"

/** In order: up to `waiting` an actor takes messages; `running` and `finishing` it handles them. */
export const Stage = { born: 0, running: 1, waiting: 2, finishing: 3, ending: 4, ended: 5 } as const
export type Stage = (typeof Stage)[keyof typeof Stage]

/** The side of an actor that others see: who it is, and the door that lets messages into its mailbox. */
export abstract class LocalRef<M> implements Ref<M> {
  readonly id: number
  protected readonly mailbox: Mailbox<M>
  protected stage: Stage = Stage.born
  /** True while it stands in the ring of the ready. */
  protected queued = false

  constructor(
    readonly runtime: Runtime,
    readonly parent: Parent,
    readonly options: SpawnOptions | undefined,
  ) {
    this.id = runtime.nextId()
    this.mailbox = new Mailbox(options?.mailbox)
  }

  abstract turn(limit: number): number
  abstract stop(reason: StopReason): void

  get path(): string {
    return `${this.parent.path}/${this.options?.name ?? this.id}`
  }

  tell(message: M): Told {
    if (this.stage > Stage.waiting) return this.#refuse("dead", "dead", message)
    if (!this.mailbox.put(message)) return this.#overflow(message)
    if (!this.queued) this.schedule()
    return "ok"
  }

  signal(message: M): Told {
    if (this.stage > Stage.waiting) return this.#refuse("dead", "dead", message)
    this.mailbox.putFirst(message)
    if (!this.queued) this.schedule()
    return "ok"
  }

  offer(message: M): Told {
    if (this.stage > Stage.waiting || !this.mailbox.halfFull) return this.tell(message)
    return this.#refuse("full", "transient", message)
  }

  /** Lets in what the runtime made for this actor. */
  deliver(envelope: Envelope<M>): void {
    if (this.stage > Stage.waiting) return this.lose("dead", envelope)
    this.mailbox.putFirst(envelope)
    if (!this.queued) this.schedule()
  }

  protected schedule(): void {
    this.queued = true
    this.runtime.scheduler.ready(this)
  }

  protected lose(reason: DeadLetterReason, message: unknown): void {
    this.runtime.deadLetters.add(this, reason, message)
  }

  #overflow(message: M): Told {
    switch (this.options?.mailbox?.overflow) {
      case "drop-oldest":
        this.lose("dropped-oldest", this.mailbox.ordinary?.take())
        return this.tell(message)
      case "stop":
        this.stop("overflow")
        return this.#refuse("dead", "full", message)
      default:
        return this.#refuse("full", "full", message)
    }
  }

  #refuse(told: Told, reason: DeadLetterReason, message: M): Told {
    this.lose(reason, message)
    return told
  }
}
