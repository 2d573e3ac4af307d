import type { Heard, Identity, ProxyHeaders, Tongue } from "../../property/tongue.ts"
import type { Ledger, Word } from "./ledger.ts"

/** The server of an honest person, and their dialect. */
export interface Place {
  readonly url: string
  readonly tongue: Tongue
  readonly headers: ProxyHeaders
  readonly ledger: Ledger
}

/** The pause before a reconnect. */
const retryMs = 200

/** A client that keeps to the protocol: it resumes, acknowledges, and repeats what was neither echoed nor refused. */
export class HonestPerson {
  readonly #id: string
  #socket: WebSocket | undefined
  #here: { id: string } = { id: "" }
  #isHere = false
  #hasLeft = false
  #everHere = false
  #cursor = 0
  #epoch = ""
  #session = 0
  #number = 0
  #peer: HonestPerson | undefined
  /** Words that were neither echoed nor refused. */
  #open: Word[] = []
  /** Words echoed in this session, which may still become undelivered. */
  #echoed: Word[] = []
  /** How many times the server ended the connection, or could not be reached. */
  lostSockets = 0
  refusedDials = 0
  #isCut = false
  /** The newest number heard before a `resync`. */
  #repeatsUpTo = 0

  private constructor(
    readonly identity: Identity,
    readonly place: Place,
  ) {
    this.#id = identity.id
  }

  static async join(name: string, place: Place): Promise<HonestPerson> {
    const identity = await place.tongue.join(place.url, name, place.headers)
    const person = new HonestPerson(identity, place)
    person.#connect()
    return person
  }

  get isHere(): boolean {
    return this.#isHere
  }

  /** Changes with each connection in the classic protocol. */
  get id(): string {
    return this.#here.id || this.#id
  }

  get hasOpenWords(): boolean {
    return this.#open.length > 0
  }

  say(peer: HonestPerson): void {
    if (!this.#isHere || peer.id === "" || this.#open.length >= 20) return
    const word = this.place.ledger.say(this.identity.name, this.#number++, this.#session)
    this.#open.push(word)
    this.#peer = peer
    this.#send(word)
  }

  /** Ends the connection without a close, and comes back. */
  cut(): void {
    this.#isCut = true
    this.#socket?.terminate()
  }

  leave(): void {
    this.#hasLeft = true
    this.#socket?.close()
  }

  #connect(): void {
    const { tongue, url, headers } = this.place
    const cursor = this.#everHere ? { after: this.#cursor, epoch: this.#epoch } : undefined
    const socket = tongue.open(url, this.identity, cursor, headers)
    this.#socket = socket
    socket.onmessage = ({ data }) => {
      const heard = tongue.hear(String(data), { ...this.identity, id: this.id })
      if (heard !== undefined) this.#hear(heard)
    }
    socket.onclose = () => this.#closed()
  }

  #closed(): void {
    if (!this.#hasLeft && !this.#isCut) {
      if (this.#isHere) this.lostSockets++
      else this.refusedDials++
    }
    this.#isCut = false
    this.#isHere = false
    // A classic session ends with its connection.
    if (this.place.tongue.acknowledges === false) this.#sessionOver()
    if (!this.#hasLeft) setTimeout(() => this.#connect(), retryMs)
  }

  #hear(heard: Heard): void {
    const { ledger, tongue } = this.place
    switch (heard.type) {
      case "hello":
        return this.#welcomed(heard)
      case "message":
        this.#cursor = Math.max(this.#cursor, heard.seq)
        if (heard.own) return this.#echoedOwn(heard.content, heard.id)
        if (heard.seq > this.#repeatsUpTo || !tongue.acknowledges) ledger.heard(heard.content)
        if (tongue.acknowledges) this.#write({ type: "ack", seq: heard.seq })
        return
      case "undelivered":
        return ledger.undelivered(heard.messageId)
      case "refused":
        return this.#refused(heard.code, heard.clientId)
      case "resync":
        this.#repeatsUpTo = this.#cursor
        this.#cursor = heard.from - 1
        return
    }
  }

  #welcomed({ resumed, epoch }: Heard & { type: "hello" }): void {
    const isClassic = !this.place.tongue.acknowledges
    if (this.#everHere && !resumed && !isClassic) this.#sessionOver()
    if (!resumed) {
      this.#cursor = 0
      this.#repeatsUpTo = 0
    }
    if (isClassic) this.#here = { id: epoch }
    this.#epoch = epoch
    this.#everHere = true
    this.#isHere = true
    for (const word of this.#open) this.#send(word)
  }

  /** The end of the session settles all open words: a client shows them as not delivered, and does not repeat them. */
  #sessionOver(): void {
    for (const word of [...this.#open, ...this.#echoed]) word.isSessionOver = true
    this.#open = []
    this.#echoed = []
    this.#session++
  }

  #echoedOwn(content: string, id: string): void {
    const [word] = this.#take((open) => open.content === content)
    this.place.ledger.echoed(content, id)
    if (word === undefined) return
    this.#echoed.push(word)
    if (this.#echoed.length > 1000) this.#echoed = this.#echoed.filter(({ heardAt }) => heardAt === undefined)
  }

  /** In the classic protocol, whose answers have no `client_id`, a refusal is of the oldest open word. */
  #refused(code: string, clientId: string | undefined): void {
    const [oldest] = this.#open
    const [word] = this.#take((open) =>
      clientId === undefined ? open === oldest : open.content === clientId,
    )
    if (word !== undefined) word.refused = code
  }

  #take(fits: (word: Word) => boolean): Word[] {
    const taken = this.#open.filter(fits)
    this.#open = this.#open.filter((word) => !taken.includes(word))
    return taken
  }

  #send({ content }: Word): void {
    const receiver = this.#peer?.id
    if (receiver === undefined) return
    const clientId = this.place.tongue.acknowledges ? { client_id: content } : {}
    this.#write({ type: "chat_message", receiver_id: receiver, content, ...clientId })
  }

  #write(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }
}
