import type { ConnectOptions, Socket } from "../../client/index.ts"

interface Frame {
  readonly type: string
  readonly [field: string]: unknown
}

type OnMessage = (event: { readonly data: unknown }) => void
type OnClose = (event: { readonly code: number; readonly reason: string }) => void

/** A WebSocket whose other end is the test. */
export class FakeSocket implements Socket {
  #heard: OnMessage = () => {}
  #closed: OnClose = () => {}
  readonly sent: Frame[] = []
  closed = false

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {}

  addEventListener(...args: ["message", OnMessage] | ["close", OnClose]): void {
    if (args[0] === "message") this.#heard = args[1]
    else this.#closed = args[1]
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame))
  }

  close(): void {
    this.closed = true
  }

  /** The frames of one type that were sent. */
  of(type: string): Frame[] {
    return this.sent.filter((frame) => frame.type === type)
  }

  receive(...frames: object[]): void {
    for (const frame of frames) this.receiveRaw(JSON.stringify(frame))
  }

  receiveRaw(data: string): void {
    this.#heard({ data })
  }

  drop(code = 1006, reason = ""): void {
    this.#closed({ code, reason })
  }

  /** The server's first frame; `heartbeat` in seconds. */
  establish({
    resumed = false,
    seq = 0,
    epoch = "e1",
    heartbeat = 25,
    frameBytes = 65536,
    name = "anna",
  } = {}): void {
    this.receive({
      type: "connection_established",
      user_id: "anna-id",
      name,
      session: { resumed, seq, epoch, window_seconds: 120 },
      limits: {
        content_characters: 4000,
        frame_bytes: frameBytes,
        messages_per_second: 10,
        burst: 100,
        heartbeat_seconds: heartbeat,
      },
    })
  }
}

/** A clock that the test advances, sockets whose other end is the test, and random numbers that are always one half. */
export function fakePlatform() {
  const sockets: FakeSocket[] = []
  const answers = new Map<string, { status: number; body: unknown }>()
  const asked: string[] = []
  let timers: { at: number; run: () => void }[] = []
  let networkCame: () => void = () => {}
  let now = 0

  class WebSocket extends FakeSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols)
      sockets.push(this)
    }
  }

  const options: Omit<ConnectOptions, "url"> = {
    WebSocket,
    random: () => 0.5,
    clock: {
      now: () => now,
      after(ms, run) {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((each) => each !== timer)
        }
      },
    },
    fetch: async (url) => {
      asked.push(url)
      const { status, body } = answers.get(new URL(url).pathname) ?? { status: 426, body: {} }
      return { status, json: async () => body }
    },
    onOnline(listener) {
      networkCame = listener
      return () => {
        networkCame = () => {}
      }
    },
  }

  function advance(ms: number): void {
    const end = now + ms
    for (;;) {
      const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      now = Math.max(now, due.at)
      timers = timers.filter((each) => each !== due)
      due.run()
    }
    now = end
  }

  return {
    options,
    sockets,
    asked,
    answers,
    advance,
    networkCame: () => networkCame(),
    get timers() {
      return timers.length
    },
    get socket(): FakeSocket {
      const socket = sockets.at(-1)
      if (socket === undefined) throw new Error("nothing was opened yet")
      return socket
    },
  }
}
