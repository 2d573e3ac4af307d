/** Users in pairs who write to each other, each with a fixed number of messages in flight. */
export class Volley {
  delivered = 0
  #running = false
  #peers: { socket: WebSocket; frame: string }[] = []

  private constructor(readonly inFlight: number) {}

  /** Connects `pairs` pairs to a server that speaks the classic protocol. */
  static async connect(base: string, pairs: number, inFlight: number): Promise<Volley> {
    const volley = new Volley(inFlight)
    for (let i = 0; i < pairs; i++) {
      const [a, b] = await Promise.all([join(`${base}/ws/left${i}`), join(`${base}/ws/right${i}`)])
      volley.#add(a.socket, a.id, b.id)
      volley.#add(b.socket, b.id, a.id)
    }
    return volley
  }

  /** Volleys for `ms`, and answers how many messages reached their receiver. */
  async run(ms: number): Promise<number> {
    this.delivered = 0
    this.#running = true
    for (const { socket, frame } of this.#peers) for (let i = 0; i < this.inFlight; i++) socket.send(frame)
    await Bun.sleep(ms)
    this.#running = false
    const delivered = this.delivered
    await Bun.sleep(200)
    return delivered
  }

  close(): void {
    for (const { socket } of this.#peers) socket.close()
  }

  #add(socket: WebSocket, me: string, peer: string): void {
    const frame = JSON.stringify({
      type: "chat_message",
      receiver_id: peer,
      content: "Are you coming tonight?",
    })
    const fromMe = `"sender_id":"${me}"`
    socket.onmessage = ({ data }) => {
      if (!data.startsWith('{"type":"chat_message"')) return
      if (!data.includes(fromMe)) this.delivered++
      else if (this.#running) socket.send(frame)
    }
    this.#peers.push({ socket, frame })
  }
}

function join(url: string): Promise<{ socket: WebSocket; id: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ socket: WebSocket; id: string }>()
  const socket = new WebSocket(url)
  socket.onerror = () => reject(new Error(`${url} does not answer`))
  socket.onmessage = ({ data }) => resolve({ socket, id: JSON.parse(data).user_id })
  return promise
}
