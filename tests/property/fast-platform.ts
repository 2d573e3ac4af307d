import type { ConnectOptions } from "../../client/index.ts"

/** How many times faster than ours the client's time passes: its pauses are for people and crowds. */
const hurry = 50

/** Its deadlines, which are longer than any pause, come less early: a busy machine must be able to meet them. */
const deadlineMs = 10_000
const deadlineHurry = 5

interface FastPlatform {
  readonly own: Partial<ConnectOptions>
  /** Ends the socket that is open now, as a lost network does. */
  terminate(): void
  /** When the newest socket began to connect. */
  readonly dialledAt: number
}

/** What a client is given here: a clock in a hurry, and sockets that a test can end; `cursorError` is a planted fault. */
export function fastPlatform(cursorError: number): FastPlatform {
  let newest: WebSocket | undefined
  let dialledAt = 0
  class EndableSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(misled(url, cursorError), protocols)
      newest = this
      dialledAt = performance.now()
    }
  }
  return {
    own: {
      WebSocket: EndableSocket,
      clock: {
        now: () => performance.now() * hurry,
        after(ms, run) {
          const timer = setTimeout(run, ms / (ms < deadlineMs ? hurry : deadlineHurry))
          return () => clearTimeout(timer)
        },
      },
      fetch: () => Promise.reject(new Error("not asked here")),
    },
    terminate: () => newest?.terminate(),
    get dialledAt() {
      return dialledAt
    },
  }
}

function misled(url: string, by: number): string {
  const target = new URL(url)
  const after = target.searchParams.get("after")
  if (after !== null && by !== 0) target.searchParams.set("after", String(Number(after) + by))
  return target.href
}
