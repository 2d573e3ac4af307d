import { type Ledger, type Saying, Violation } from "./ledger.ts"
import { Network } from "./network.ts"
import { Patience } from "./patience.ts"
import type { Cast, Person } from "./person.ts"
import { Repeats } from "./repeats.ts"
import { calm, type Weather } from "./script.ts"
import type { Heard, Identity, Tongue } from "./tongue.ts"

/** How a speaker reaches the server, and what is wrong with it on purpose. */
interface Place {
  readonly serverUrl: string
  readonly tongue: Tongue
  readonly ledger: Ledger
  /** Added to the cursor at every resume; anything but 0 is a bug of the client. */
  readonly cursorError: number
}

/** People who speak a dialect bare. */
export function speakers(serverUrl: string, tongue: Tongue, cursorError = 0): Cast {
  const { name, acknowledges } = tongue
  const join = (index: number, ledger: Ledger) =>
    Speaker.join(index, { serverUrl, tongue, cursorError, ledger })
  return { name, acknowledges, join }
}

/** One person's client: it keeps a cursor, repeats what was not echoed, and reports all that it hears. */
class Speaker implements Person {
  #socket: WebSocket | undefined
  #welcomed = false
  #mayHaveLeft = false
  /** Whether it comes back by itself: a leave that was still on its way may have ended the session. */
  #stays = false
  /** The newest number of this epoch that was heard. */
  #cursor = 0
  #epoch = ""
  #resynced = false
  #everWelcomed = false
  #outbox: Saying[] = []
  #barriers = 0
  readonly #repeats = new Repeats()
  readonly #passed = new Set<string>()
  readonly #patience = new Patience()
  #violation: unknown

  private constructor(
    readonly index: number,
    readonly identity: Identity,
    readonly place: Place,
    readonly network: Network,
  ) {}

  static async join(index: number, place: Place): Promise<Speaker> {
    const network = await Network.start(place.serverUrl)
    return new Speaker(index, await place.tongue.join(place.serverUrl, `person ${index}`), place, network)
  }

  connect(weather: Weather, straight = false): void {
    this.#socket?.terminate()
    this.#stays = straight
    this.network.renew(weather)
    this.#welcomed = false
    this.#resynced = false
    const { tongue, serverUrl, cursorError } = this.place
    const cursor = { after: this.#cursor + cursorError, epoch: this.#epoch }
    const url = straight ? serverUrl : this.network.url
    const socket = tongue.open(url, this.identity, this.#everWelcomed ? cursor : undefined)
    this.#socket = socket
    socket.onmessage = ({ data }) => socket === this.#socket && this.#receive(String(data))
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code)
  }

  say(to: Person): void {
    const saying = this.place.ledger.say(this.index, to)
    this.#outbox.push(saying)
    if (this.#welcomed) this.#send(saying)
  }

  repeat(): void {
    const saying = this.place.ledger.lastHeld(this.index)
    if (saying !== undefined && this.#welcomed) this.#send(saying)
  }

  type(to: Person): void {
    if (!this.#welcomed) return
    this.place.ledger.typed(this.identity.id, to.identity.id)
    this.#write({ type: "typing", receiver_id: to.identity.id, is_typing: true })
  }

  unsend(): void {
    const saying = this.place.ledger.lastHeld(this.index)
    if (saying === undefined || !this.#welcomed) return
    saying.unsent = true
    this.#write({ type: "unsend", peer_id: saying.toId, message_id: saying.id })
  }

  ack(): void {
    if (this.#welcomed) this.#write({ type: "ack", seq: this.#cursor })
  }

  block(whom: Person): void {
    if (!this.#welcomed) return
    this.place.ledger.blocked(this.index, whom.index)
    this.#write({ type: "block", user_id: whom.identity.id })
  }

  unblock(whom: Person): void {
    if (this.#welcomed) this.#write({ type: "unblock", user_id: whom.identity.id })
  }

  leave(): void {
    if (!this.#welcomed) return
    this.#mayHaveLeft = true
    this.#write({ type: "leave" })
  }

  async settled(): Promise<void> {
    await this.#until("welcome", () => this.#welcomed)
    const socket = this.#socket
    const barrier = `barrier ${++this.#barriers}`
    this.#write({ type: "chat_message", receiver_id: this.identity.id, content: "x", client_id: barrier })
    await this.#until(barrier, () => this.#passed.has(barrier) || socket !== this.#socket)
    if (!this.#passed.has(barrier)) await this.settled()
  }

  async left(): Promise<void> {
    this.#stays = false
    this.leave()
    await this.#until("end", () => !this.#everWelcomed)
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

  #receive(raw: string): void {
    try {
      const heard = this.place.tongue.hear(raw, this.identity)
      if (heard !== undefined) this.#hear(heard)
    } catch (violation) {
      this.#violation ??= violation
    }
    this.#patience.wake()
  }

  #hear(heard: Heard): void {
    const { ledger } = this.place
    switch (heard.type) {
      case "hello":
        return this.#greet(heard)
      case "message":
        return this.#take(heard)
      case "resync":
        this.#resynced = true
        this.#cursor = heard.from - 1
        return
      case "delivered":
        return ledger.delivered(this.index, heard.messageId)
      case "undelivered":
        return ledger.undelivered(this.index, heard.messageId)
      case "typing":
        return ledger.heardTyping(heard.userId, this.identity.id)
      case "refused":
        return this.#refused(heard.code, heard.clientId)
      default:
        return heard satisfies never
    }
  }

  #greet({ resumed, epoch }: Heard & { type: "hello" }): void {
    if (this.#everWelcomed && !resumed) {
      if (!this.#mayHaveLeft) throw new Violation(`${this.index} lost a session that nobody ended`)
      this.#begin()
    }
    this.#epoch = epoch
    this.#welcomed = true
    this.#everWelcomed = true
    for (const saying of this.#outbox) this.#send(saying)
  }

  #take({ seq, id, own, clientId, content }: Heard & { type: "message" }): void {
    const { ledger } = this.place
    if (seq > this.#cursor) this.#cursor = seq
    else if (!own || !this.#repeats.answered(clientId)) {
      throw new Violation(`${this.index} heard number ${seq} after ${this.#cursor}`)
    }
    if (!own) return ledger.arrived(this.index, id, content, this.#resynced)
    const saying = ledger.echoed(this.index, clientId, id, content)
    this.#outbox = this.#outbox.filter((each) => each !== saying)
  }

  #refused(code: string, clientId: string | undefined): void {
    if (code === "self" && clientId !== undefined) return void this.#passed.add(clientId)
    // What is to be taken back may be held no more.
    if (code === "bad_frame" && clientId === undefined) return
    const saying = this.#outbox.find((each) => each.clientId === clientId)
    if (saying === undefined || code !== "receiver_offline") {
      throw new Violation(`${this.index} was refused ${clientId}: ${code}`)
    }
    saying.refused = code
    this.#outbox = this.#outbox.filter((each) => each !== saying)
  }

  #closed(code: number): void {
    this.#welcomed = false
    if (code === 4410) this.#begin()
    else if (this.#stays) this.#violation ??= new Violation(`${this.index} was closed with ${code}`)
    if (this.#stays) this.connect(calm, true)
    this.#patience.wake()
  }

  /** A new session: nothing of the one before is held. */
  #begin(): void {
    this.place.ledger.ended(this.index)
    this.#cursor = 0
    this.#everWelcomed = false
    this.#mayHaveLeft = false
    this.#outbox = []
  }

  #send(saying: Saying): void {
    const { clientId, content, toId: receiver_id } = saying
    this.place.ledger.sending(saying)
    this.#repeats.sent(clientId)
    this.#write({ type: "chat_message", receiver_id, content, client_id: clientId })
  }

  #write(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  async #until(what: string, isTrue: () => boolean): Promise<void> {
    await this.#patience.until(`${this.index}'s ${what}`, () => {
      this.check()
      return isTrue()
    })
  }
}
