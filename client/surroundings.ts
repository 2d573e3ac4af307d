import type { Clock, SocketConstructor, Surroundings } from "./options.ts"

interface Globals {
  readonly WebSocket?: SocketConstructor
  addEventListener?(type: "online", listener: () => void): void
  removeEventListener?(type: "online", listener: () => void): void
}

const globals: Globals = globalThis

/** What this platform has, but for what the program hands in. @throws when there is no WebSocket. */
export function surroundingsWith(own: Partial<Surroundings>): Surroundings {
  const WebSocket = own.WebSocket ?? globals.WebSocket
  if (WebSocket === undefined) throw new TypeError("There is no WebSocket here: hand one in as `WebSocket`.")
  return {
    WebSocket,
    clock: own.clock ?? clock,
    random: own.random ?? Math.random,
    fetch: own.fetch ?? ((url) => fetch(url)),
    onOnline: own.onOnline ?? onOnline,
  }
}

const clock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

function onOnline(listener: () => void): () => void {
  globals.addEventListener?.("online", listener)
  return () => globals.removeEventListener?.("online", listener)
}
