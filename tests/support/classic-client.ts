export interface Frame {
  readonly type: string
  readonly [field: string]: unknown
}

/** A plain WebSocket that keeps all frames it receives, and waits for those that a test expects. */
export class ClassicClient {
  readonly frames: Frame[] = []
  readonly closed = Promise.withResolvers<{ code: number; reason: string }>()
  #wakers: (() => void)[] = []

  protected constructor(readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => {
      this.frames.push(JSON.parse(String(data)))
      for (const wake of this.#wakers.splice(0)) wake()
    }
    socket.onclose = ({ code, reason }) => {
      this.closed.resolve({ code, reason })
      for (const wake of this.#wakers.splice(0)) wake()
    }
  }

  /** Connects, and waits for `connection_established`. */
  static async join(base: string, name: string): Promise<ClassicClient> {
    const client = new ClassicClient(
      new WebSocket(`${base.replace("http", "ws")}/ws/${encodeURIComponent(name)}`),
    )
    await client.next((frame) => frame.type === "connection_established")
    return client
  }

  get id(): string {
    return String(this.frames.find((frame) => frame.type === "connection_established")?.user_id)
  }

  /** The names in the newest list. */
  get listed(): string[] {
    const users = this.frames.findLast((frame) => frame.type === "user_list_update")?.users
    return Array.isArray(users) ? users.map((user) => String(user.name)) : []
  }

  /** The contents received so far, with the echoes. */
  get contents(): string[] {
    return this.frames.flatMap(({ message, type }) => (type === "chat_message" ? [contentOf(message)] : []))
  }

  /** The contents that came from one user. */
  saidBy(userId: string): string[] {
    return this.frames.flatMap(({ message }) => (senderOf(message) === userId ? [contentOf(message)] : []))
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame))
  }

  say(receiverId: string, content: string): void {
    this.send({ type: "chat_message", receiver_id: receiverId, content })
  }

  /** The first frame that fits, past or future. Rejects when the socket closes before it. */
  async next(fits: (frame: Frame) => boolean): Promise<Frame> {
    let seen = 0
    for (;;) {
      for (; seen < this.frames.length; seen++) {
        const frame = this.frames[seen]
        if (frame !== undefined && fits(frame)) return frame
      }
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error("closed before the frame came")
      await this.#woken()
    }
  }

  /** Waits until a condition on the received frames is true. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error("closed before that was true")
      await this.#woken()
    }
  }

  error(code: string): Promise<Frame> {
    return this.next((frame) => frame.type === "error" && frame.code === code)
  }

  close(): void {
    this.socket.close()
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => this.#wakers.push(resolve))
  }
}

function senderOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "sender_id" in message
    ? message.sender_id
    : undefined
}

function contentOf(message: unknown): string {
  return typeof message === "object" && message !== null && "content" in message
    ? String(message.content)
    : ""
}
