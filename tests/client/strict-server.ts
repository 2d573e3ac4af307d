import type { fakePlatform } from "./fake-platform.ts"

/** Answers a client's frames as a server with a rate limit does: `rate` a second, and `burst` at once. */
export class StrictServer {
  readonly taken: ReturnType<typeof fakePlatform>["socket"]["sent"] = []
  #tokens: number
  #read = 0

  constructor(
    readonly world: Pick<ReturnType<typeof fakePlatform>, "socket" | "advance">,
    readonly rules: { readonly rate: number; readonly burst: number },
  ) {
    this.#tokens = rules.burst
  }

  /** Answers for this long; each answer takes a moment. */
  serve(ms: number): void {
    const stepMs = 5
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.#answer()
      this.world.advance(stepMs)
      this.#tokens = Math.min(this.rules.burst, this.#tokens + (this.rules.rate * stepMs) / 1000)
    }
  }

  #answer(): void {
    const { socket } = this.world
    const came = socket.sent.slice(this.#read)
    this.#read = socket.sent.length
    for (const frame of came) {
      if (frame.type === "ping") socket.receive({ type: "pong" })
      else if (this.#tokens >= 1) {
        this.#tokens--
        this.taken.push(frame)
      } else {
        const retry_after_ms = Math.ceil(((1 - this.#tokens) / this.rules.rate) * 1000)
        socket.receive({ type: "error", code: "rate_limited", message: "too fast", retry_after_ms })
      }
    }
  }
}
