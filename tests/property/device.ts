import type { Ledger, Listener } from "./ledger.ts"
import type { Network } from "./network.ts"
import { Patience } from "./patience.ts"
import { Repeats } from "./repeats.ts"
import { type Saying, Violation } from "./saying.ts"
import { calm, type Weather } from "./script.ts"
import type { Heard, Identity, Tongue } from "./tongue.ts"

/** Whose device it is. */
export interface Owner {
  readonly index: number
  readonly identity: Identity
  /** The session's epoch, as far as any device knows it. */
  readonly epoch: string | undefined
  /** A device is welcomed in a session; `dialledAt` is when it began to connect. */
  welcomed(epoch: string, dialledAt: number): void
  /** A session was left. */
  wasLeft(epoch: string): void
}

/** How a device reaches the server, and what is wrong with it on purpose. */
export interface Place {
  readonly serverUrl: string
  readonly tongue: Tongue
  readonly ledger: Ledger
  /** Added to the cursor at every resume; anything but 0 is a bug of the client. */
  readonly cursorError: number
}

/** One device: it keeps a cursor, repeats what it said and did not hear echoed, and reports all that it hears. */
export class Device {
  readonly name: string
  #socket: WebSocket | undefined
  #dialledAt = 0
  #welcomed = false
  /** Whether it comes back by itself: a leave that was still on its way may have ended the session. */
  #stays = false
  /** The newest number of this epoch that was heard. */
  #cursor = 0
  /** The same of this connection, on which a resync begins anew. */
  #newest = 0
  #resynced = false
  #epoch: string | undefined
  #outbox: Saying[] = []
  #barriers = 0
  readonly #repeats = new Repeats()
  readonly #passed = new Set<string>()
  readonly #patience = new Patience()
  #violation: unknown

  constructor(
    readonly owner: Owner,
    readonly place: Place,
    readonly network: Network,
    number: number,
  ) {
    this.name = `${owner.index}.${number}`
  }

  get hasJoined(): boolean {
    return this.#socket !== undefined
  }

  get isWelcome(): boolean {
    return this.#welcomed
  }

  connect(weather: Weather, straight = false): void {
    this.#socket?.terminate()
    this.#stays = straight
    this.network.renew(weather)
    this.#welcomed = false
    this.#resynced = false
    this.#newest = this.#cursor
    this.#dialledAt = performance.now()
    const { tongue, serverUrl, cursorError } = this.place
    const url = straight ? serverUrl : this.network.url
    const cursor = this.#epoch && { after: this.#cursor + cursorError, epoch: this.#epoch }
    const socket = tongue.open(url, this.owner.identity, cursor || undefined)
    this.#socket = socket
    socket.onmessage = ({ data }) => socket === this.#socket && this.#receive(String(data))
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code)
  }

  /** Closes its socket, if it has one, and stays away. */
  vanish(): void {
    this.#stays = false
    this.#welcomed = false
    this.network.cut("rst")
    this.#socket?.terminate()
  }

  say(saying: Saying): void {
    this.#outbox.push(saying)
    if (this.#welcomed) this.#send(saying)
  }

  /** Says again what is echoed already. */
  repeat({ clientId, content, toId: receiver_id }: Saying): void {
    this.#repeats.again(clientId)
    this.write({ type: "chat_message", receiver_id, content, client_id: clientId })
  }

  ack(): void {
    if (this.#welcomed) this.write({ type: "ack", seq: this.#cursor })
  }

  write(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  async settled(): Promise<void> {
    await this.until("welcome", () => this.#welcomed)
    const socket = this.#socket
    const barrier = `barrier ${++this.#barriers}`
    const { id: receiver_id } = this.owner.identity
    this.write({ type: "chat_message", receiver_id, content: "x", client_id: barrier })
    await this.until(barrier, () => this.#passed.has(barrier) || socket !== this.#socket)
    if (!this.#passed.has(barrier)) await this.settled()
  }

  /** From now on it stays away when its session ends. */
  mayEnd(): void {
    this.#stays = false
  }

  /** Nothing that was said before is said again: it was of another session. */
  forget(): void {
    this.#outbox = []
  }

  check(): void {
    if (this.#violation !== undefined) throw this.#violation
  }

  stop(): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.terminate()
    this.network.stop()
  }

  async until(what: string, isTrue: () => boolean): Promise<void> {
    await this.#patience.until(`${this.name}'s ${what}`, () => {
      this.check()
      return isTrue()
    })
  }

  #receive(raw: string): void {
    try {
      const heard = this.place.tongue.hear(raw, this.owner.identity)
      if (heard !== undefined) this.#hear(heard)
    } catch (violation) {
      this.#violation ??= violation
    }
    this.#patience.wake()
  }

  #hear(heard: Heard): void {
    const { ledger } = this.place
    const { index, identity } = this.owner
    switch (heard.type) {
      case "hello":
        return this.#greet(heard)
      case "message":
        return this.#take(heard)
      case "resync":
        this.#resynced = true
        this.#newest = heard.from - 1
        return
      case "delivered":
        return ledger.delivered(index, heard.messageId)
      case "undelivered":
        return ledger.undelivered(index, heard.messageId)
      case "unsent":
        return ledger.takenBack(this.name, heard.messageId)
      case "typing":
        return ledger.heardTyping(heard.userId, identity.id, this.name)
      case "refused":
        return this.#refused(heard.code, heard.clientId)
      default:
        return heard satisfies never
    }
  }

  /** `resumed` is true exactly if the session was there before, and the cursor is one of its own. */
  #greet({ resumed, epoch }: Heard & { type: "hello" }): void {
    const { owner } = this
    const wasThere = (this.#epoch ?? owner.epoch) === epoch
    // Without a cursor a device cannot know whether a session that is new to it was there before.
    if (resumed !== wasThere && (this.#epoch !== undefined || !resumed))
      throw new Violation(`${this.name} is told ${resumed ? "" : "not "}to be resumed, which is wrong`)
    owner.welcomed(epoch, this.#dialledAt)
    if (this.#epoch !== epoch) {
      this.place.ledger.startsAnew(this.name)
      this.#cursor = 0
      this.#newest = 0
    }
    this.#epoch = epoch
    this.#welcomed = true
    for (const saying of this.#outbox) this.#send(saying)
  }

  #take({ seq, id, own, clientId, content }: Heard & { type: "message" }): void {
    const { ledger } = this.place
    if (seq > this.#newest) this.#newest = seq
    else if (!own || !this.#repeats.answered(clientId)) {
      throw new Violation(`${this.name} heard number ${seq} after ${this.#newest}`)
    }
    this.#cursor = Math.max(this.#cursor, seq)
    if (!own) return ledger.arrived(this.#listener, id, content, this.#resynced)
    const saying = ledger.echoed(this.#listener, clientId, id, content)
    this.#outbox = this.#outbox.filter((each) => each !== saying)
  }

  #refused(code: string, clientId: string | undefined): void {
    if (code === "self" && clientId !== undefined) return void this.#passed.add(clientId)
    // What is to be taken back may be held no more.
    if (code === "bad_frame" && clientId === undefined) return
    const saying = this.#outbox.find((each) => each.clientId === clientId)
    if (saying === undefined || code !== "receiver_offline") {
      throw new Violation(`${this.name} was refused ${clientId}: ${code}`)
    }
    saying.refused = code
    this.#outbox = this.#outbox.filter((each) => each !== saying)
  }

  #closed(code: number): void {
    this.#welcomed = false
    if (code === 4410) this.owner.wasLeft(this.#epoch ?? "")
    else if (this.#stays) this.#violation ??= new Violation(`${this.name} was closed with ${code}`)
    if (this.#stays) this.connect(calm, true)
    this.#patience.wake()
  }

  #send(saying: Saying): void {
    const { clientId, content, toId: receiver_id } = saying
    this.place.ledger.sending(saying)
    this.#repeats.sent(clientId)
    this.write({ type: "chat_message", receiver_id, content, client_id: clientId })
  }

  get #listener(): Listener {
    return { index: this.owner.index, device: this.name, epoch: this.#epoch ?? "" }
  }
}
