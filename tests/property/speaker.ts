import type { Cut, Way } from "../support/tcp-relay.ts"
import { Device, type Owner, type Place } from "./device.ts"
import type { Ledger } from "./ledger.ts"
import { Network } from "./network.ts"
import type { Cast, Person } from "./person.ts"
import { Violation } from "./saying.ts"
import { calm, devices, type Weather } from "./script.ts"
import type { Server } from "./server.ts"
import type { Identity, Tongue } from "./tongue.ts"

/** People who speak a dialect bare. */
export function speakers(server: Server, tongue: Tongue, cursorError = 0): Cast {
  const { name, acknowledges } = tongue
  const serverUrl = server.url
  const join = (index: number, ledger: Ledger) =>
    Speaker.join(index, { serverUrl, tongue, cursorError, ledger }, server)
  return { name, acknowledges, tellsAllTyping: true, server, join }
}

/** One person with several devices, of which the first joins at once and the others when they connect. */
class Speaker implements Person, Owner {
  readonly #all: readonly Device[]
  /** All sessions of theirs so far; a device may be slow to hear that another one has begun. */
  readonly #epochs = new Set<string>()
  #epoch: string | undefined
  #mayHaveLeft = false
  /** When the device that was welcomed last began to connect: by then, or later, there was a socket. */
  #attachedAt = 0

  private constructor(
    readonly index: number,
    readonly identity: Identity,
    readonly place: Place,
    networks: readonly Network[],
    readonly server: Server,
  ) {
    this.#all = networks.map((network, number) => new Device(this, place, network, number))
  }

  static async join(index: number, place: Place, server: Server): Promise<Speaker> {
    const { serverUrl, tongue } = place
    const networks = Array.from({ length: devices }, () => Network.start(serverUrl))
    const identity = await tongue.join(serverUrl, `person ${index}`)
    return new Speaker(index, identity, place, await Promise.all(networks), server)
  }

  get devices(): readonly string[] {
    return this.#joined.map(({ name }) => name)
  }

  get epoch(): string | undefined {
    return this.#epoch
  }

  welcomed(epoch: string, dialledAt: number): void {
    if (epoch !== this.#epoch) this.#begin(epoch)
    if (epoch === this.#epoch) this.#attachedAt = Math.max(this.#attachedAt, dialledAt)
  }

  wasLeft(epoch: string): void {
    if (epoch === this.#epoch) this.#end()
  }

  connect(device: number, weather: Weather): void {
    this.#all[device]?.connect(weather)
  }

  comeBack(): void {
    for (const device of this.#joined) device.connect(calm, true)
  }

  vanish(): void {
    for (const device of this.#joined) device.vanish()
  }

  cut(device: number, how: Cut): void {
    this.#at(device).network.cut(how)
  }

  stall(device: number, way: Way): void {
    this.#at(device).network.stall(way)
  }

  flow(device: number): void {
    this.#at(device).network.flow()
  }

  say(device: number, to: Person): void {
    const speaking = this.#at(device)
    speaking.say(this.place.ledger.say(this.index, speaking.name, to))
  }

  repeat(device: number): void {
    const saying = this.place.ledger.lastHeld(this.index)
    if (saying !== undefined && this.#at(device).isWelcome) this.#at(device).repeat(saying)
  }

  type(device: number, to: Person): void {
    if (!this.#at(device).isWelcome) return
    this.place.ledger.typed(this.identity.id, to.identity.id)
    this.#at(device).write({ type: "typing", receiver_id: to.identity.id, is_typing: true })
  }

  unsend(device: number): void {
    const saying = this.place.ledger.lastHeld(this.index)
    if (saying === undefined || !this.#at(device).isWelcome) return
    saying.unsent = true
    this.#at(device).write({ type: "unsend", peer_id: saying.toId, message_id: saying.id })
  }

  ack(device: number): void {
    this.#at(device).ack()
  }

  block(device: number, whom: Person): void {
    if (!this.#at(device).isWelcome) return
    this.place.ledger.blocked(this.index, whom.index)
    this.#at(device).write({ type: "block", user_id: whom.identity.id })
  }

  unblock(device: number, whom: Person): void {
    this.#at(device).write({ type: "unblock", user_id: whom.identity.id })
  }

  leave(device: number): void {
    if (!this.#at(device).isWelcome) return
    this.#mayHaveLeft = true
    this.#at(device).write({ type: "leave" })
  }

  async settled(): Promise<void> {
    await Promise.all(this.#joined.map((device) => device.settled()))
  }

  async left(): Promise<void> {
    for (const device of this.#joined) device.mayEnd()
    this.leave(0)
    await this.#at(0).until("end", () => this.#epoch === undefined)
  }

  check(): void {
    for (const device of this.#all) device.check()
  }

  stop(): void {
    for (const device of this.#all) device.stop()
  }

  get #joined(): readonly Device[] {
    return this.#all.filter(({ hasJoined }) => hasJoined)
  }

  /** One that never joined has nothing to do: the first does it. */
  #at(number: number): Device {
    const device = this.#all[number]
    if (device?.hasJoined) return device
    const [first] = this.#all
    if (first === undefined) throw new Violation("nobody has a device")
    return first
  }

  /** Another session is theirs: somebody left the last one, or it was without a socket for all of its window. */
  #begin(epoch: string): void {
    if (this.#epochs.has(epoch)) return
    if (this.#epoch !== undefined && !this.#mayHaveLeft) {
      const awayMs = performance.now() - this.#attachedAt
      if (awayMs < this.server.windowMs) throw new Violation(`${this.index} lost a session that nobody ended`)
      this.server.ranOut++
    }
    if (this.#epochs.size > 0) this.#end()
    this.#epochs.add(epoch)
    this.#epoch = epoch
  }

  /** Nothing of the session is held any more. */
  #end(): void {
    this.place.ledger.ended(this.index)
    this.#epoch = undefined
    this.#mayHaveLeft = false
    for (const device of this.#all) device.forget()
  }
}
