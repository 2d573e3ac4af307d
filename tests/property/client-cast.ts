import { connect, type Duet, DuetError, type Message, type Tick } from "../../client/index.ts"
import type { Cut, Way } from "../support/tcp-relay.ts"
import { fastPlatform } from "./fast-platform.ts"
import type { Ledger, Listener } from "./ledger.ts"
import { Network } from "./network.ts"
import { Patience } from "./patience.ts"
import type { Cast, Person } from "./person.ts"
import { type Saying, Violation } from "./saying.ts"
import { calm, type Weather } from "./script.ts"
import type { Server } from "./server.ts"
import type { Identity } from "./tongue.ts"
import { v1Tongue } from "./v1-tongue.ts"

/** People who speak by our own client: it comes back, repeats and acknowledges by itself. Each has one device. */
export function clientCast(server: Server, cursorError = 0): Cast {
  return {
    name: "our client",
    acknowledges: true,
    tellsAllTyping: false,
    server,
    async join(index, ledger) {
      const identity = await v1Tongue.join(server.url, `person ${index}`)
      const network = await Network.start(server.url)
      return new ClientPerson(index, identity, ledger, network, server, cursorError)
    },
  }
}

class ClientPerson implements Person {
  readonly #name: string
  #duet: Duet | undefined
  #leaving: Promise<void> | undefined
  /** The session as it is known, when its socket began to connect, and the newest number heard of it. */
  #epoch: string | undefined
  #attachedAt = 0
  #newest = 0
  #violation: unknown
  readonly #platform
  readonly #patience = new Patience()

  constructor(
    readonly index: number,
    readonly identity: Identity,
    readonly ledger: Ledger,
    readonly network: Network,
    readonly server: Server,
    cursorError: number,
  ) {
    this.#name = `${index}.0`
    this.#platform = fastPlatform(cursorError)
  }

  get devices(): readonly string[] {
    return [this.#name]
  }

  get epoch(): string | undefined {
    return this.#epoch
  }

  /** Whatever socket there is ends, and the client finds its way back; who has left or vanished joins anew. */
  connect(_device: number, weather: Weather): void {
    this.network.renew(weather)
    if (this.#duet === undefined) this.#join()
    else this.#platform.terminate()
  }

  comeBack(): void {
    this.connect(0, calm)
  }

  vanish(): void {
    if (this.#leaving !== undefined) return
    this.network.cut("rst")
    this.#duet?.close()
    this.#duet = undefined
  }

  cut(_device: number, how: Cut): void {
    this.network.cut(how)
  }

  stall(_device: number, way: Way): void {
    this.network.stall(way)
  }

  flow(): void {
    this.network.flow()
  }

  type(_device: number, to: Person): void {
    if (this.#duet === undefined || this.#leaving !== undefined) return
    this.ledger.typed(this.identity.id, to.identity.id)
    this.#duet.typing(to.identity.id)
  }

  say(_device: number, to: Person): void {
    const duet = this.#duet
    if (duet === undefined || this.#leaving !== undefined) return
    const saying = this.ledger.say(this.index, this.#name, to)
    duet.say(to.identity.id, saying.content).then(
      // The echo of a repeat may lie below a gap, and then comes as no event.
      ({ id, content }) =>
        this.#attempt(() => this.ledger.echoed(this.#listener, saying.clientId, id, content)),
      (error: unknown) => {
        const code = error instanceof DuetError ? error.code : String(error)
        if (code === "receiver_offline") saying.refused = code
        else if (code === "left" || code === "closed" || code === "lost") saying.orphaned = true
        else this.#blame(`${saying.clientId} was refused: ${code}`)
      },
    )
  }

  repeat(): void {}

  unsend(): void {
    const saying = this.ledger.lastHeld(this.index)
    if (saying === undefined || this.#duet === undefined || this.#leaving !== undefined) return
    saying.unsent = true
    this.#duet.unsend({ peerId: saying.toId, id: saying.id })
  }

  ack(): void {}

  block(_device: number, whom: Person): void {
    if (this.#duet === undefined || this.#leaving !== undefined) return
    this.ledger.blocked(this.index, whom.index)
    this.#duet.block(whom.identity.id)
  }

  unblock(_device: number, whom: Person): void {
    this.#duet?.unblock(whom.identity.id)
  }

  leave(): void {
    const duet = this.#duet
    if (duet === undefined || this.#leaving !== undefined) return
    this.#leaving = duet.leave().then(() => {
      this.ledger.ended(this.index)
      this.#epoch = undefined
      this.#duet = undefined
      this.#leaving = undefined
      this.#patience.wake()
    })
  }

  async settled(): Promise<void> {
    await this.#leaving
    if (this.#duet === undefined) this.#join()
    let code: string | undefined
    this.#duet?.say(this.identity.id, "to oneself").catch((error: unknown) => {
      code = error instanceof DuetError ? error.code : String(error)
      this.#patience.wake()
    })
    await this.#until("barrier", () => code !== undefined)
    // It was in flight when the client found that its session had ended.
    if (code === "lost") return this.settled()
    if (code !== "self") throw new Violation(`${this.index}'s barrier fell: ${code}`)
  }

  async left(): Promise<void> {
    this.leave()
    await this.#until("end", () => this.#duet === undefined)
  }

  check(): void {
    if (this.#violation !== undefined) throw this.#violation
  }

  stop(): void {
    this.#duet?.close()
    this.network.stop()
  }

  #join(): void {
    const { name, key } = this.identity
    const kept = this.#epoch === undefined ? {} : { after: this.#newest, epoch: this.#epoch }
    const duet = connect({ url: this.network.url, name, key, ...kept, ...this.#platform.own })
    this.#duet = duet
    duet.on("open", () => this.#attempt(() => this.#opened(duet.epoch ?? "")))
    duet.on("message", (message) => this.#attempt(() => this.#take(message)))
    duet.on("tick", (tick) => this.#attempt(() => this.#mark(tick)))
    duet.on("change", ({ messageId, unsent }) =>
      this.#attempt(() => unsent && this.ledger.takenBack(this.#name, messageId)),
    )
    duet.on("typing", ({ userId, isTyping }) =>
      this.#attempt(() => isTyping && this.ledger.heardTyping(userId, this.identity.id, this.#name)),
    )
    duet.on("error", ({ message, messageId }) => {
      // What is to be taken back may be held no more.
      if (messageId === undefined) this.#blame(`${this.index} was refused: ${message}`)
    })
  }

  /** Another session than the last is theirs when they left, or were without a socket for all of its window. */
  #opened(epoch: string): void {
    const awayMs = performance.now() - this.#attachedAt
    this.#attachedAt = this.#platform.dialledAt
    if (epoch === this.#epoch) return
    if (this.#epoch !== undefined) {
      if (awayMs < this.server.windowMs) throw new Violation(`${this.index} lost a session that nobody ended`)
      this.server.ranOut++
      this.ledger.ended(this.index)
    }
    this.ledger.startsAnew(this.#name)
    this.#epoch = epoch
    this.#newest = 0
  }

  #take({ seq, id, mine, content }: Message): void {
    if (seq <= this.#newest) throw new Violation(`${this.index} heard number ${seq} after ${this.#newest}`)
    this.#newest = seq
    if (!mine) return this.ledger.arrived(this.#listener, id, content, false)
    const said = (each: Saying) => each.content === content || (each.id === id && content === "")
    const saying = this.ledger.sayings.find((each) => each.from === this.index && said(each))
    this.ledger.echoed(this.#listener, saying?.clientId, id, content)
  }

  #mark({ messageId, status, reason }: Tick): void {
    if (status === "delivered") this.ledger.covered(this.index, messageId)
    if (status === "undelivered" && reason !== "lost") this.ledger.undelivered(this.index, messageId)
  }

  #attempt(hear: () => void): void {
    try {
      hear()
    } catch (violation) {
      this.#violation ??= violation
      this.#patience.wake()
    }
  }

  #blame(what: string): void {
    this.#violation ??= new Violation(what)
    this.#patience.wake()
  }

  async #until(what: string, isTrue: () => boolean): Promise<void> {
    await this.#patience.until(`${this.index}'s ${what}`, () => {
      this.check()
      return isTrue()
    })
  }

  get #listener(): Listener {
    return { index: this.index, device: this.#name, epoch: this.#epoch ?? "" }
  }
}
