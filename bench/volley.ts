import type { Load } from "./load.ts"

/** The protocol of a volley's users. */
export type Speech = "classic" | "duet.v1"

/** Pairs of users, each with a fixed number of messages in flight. */
export class Volley implements Load {
  delivered = 0
  #running = false
  readonly #users: User[] = []

  private constructor(readonly inFlight: number) {}

  /** Connects `pairs` pairs. In `duet.v1` each acknowledges and sees its messages every 50 ms, as our client does. */
  static async connect(
    base: string,
    pairs: number,
    inFlight: number,
    speech: Speech = "classic",
  ): Promise<Volley> {
    const volley = new Volley(inFlight)
    for (let i = 0; i < pairs; i++) {
      const [left, right] = await Promise.all([
        join(`${base}/ws/left${i}`, speech),
        join(`${base}/ws/right${i}`, speech),
      ])
      volley.#add(left, right.id, speech)
      volley.#add(right, left.id, speech)
    }
    return volley
  }

  async run(ms: number): Promise<number> {
    this.delivered = 0
    this.#running = true
    for (const { socket, frame } of this.#users) for (let i = 0; i < this.inFlight; i++) socket.send(frame)
    await Bun.sleep(ms)
    this.#running = false
    const delivered = this.delivered
    await Bun.sleep(200)
    return delivered
  }

  close(): void {
    for (const { socket, ticking } of this.#users) {
      clearInterval(ticking)
      socket.close()
    }
  }

  #add({ socket, id }: Joined, peer: string, speech: Speech): void {
    const frame = JSON.stringify({
      type: "chat_message",
      receiver_id: peer,
      content: "Are you coming tonight?",
    })
    const fromMe = `"sender_id":"${id}"`
    let last: string | undefined
    socket.onmessage = ({ data }) => {
      if (!data.startsWith('{"type":"chat_message"')) return
      if (!data.includes(fromMe)) {
        this.delivered++
        last = data
      } else if (this.#running) socket.send(frame)
    }
    const tick = () => {
      if (last === undefined) return
      const { seq, message } = JSON.parse(last)
      last = undefined
      socket.send(JSON.stringify({ type: "ack", seq }))
      socket.send(JSON.stringify({ type: "seen", peer_id: peer, message_id: message.id }))
    }
    this.#users.push({ socket, frame, ticking: speech === "duet.v1" ? setInterval(tick, 50) : undefined })
  }
}

interface User {
  readonly socket: WebSocket
  readonly frame: string
  readonly ticking: Timer | undefined
}

interface Joined {
  readonly socket: WebSocket
  readonly id: string
}

function join(url: string, speech: Speech): Promise<Joined> {
  const { promise, resolve, reject } = Promise.withResolvers<Joined>()
  const socket = new WebSocket(url, speech === "classic" ? [] : [speech])
  socket.onerror = () => reject(new Error(`${url} does not answer`))
  socket.onmessage = ({ data }) => resolve({ socket, id: JSON.parse(data).user_id })
  return promise
}
