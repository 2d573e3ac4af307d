import type { Clock, Platform, SocketConstructor } from "./options.ts"

interface Globals {
  readonly WebSocket?: SocketConstructor
  addEventListener?(type: "online", listener: () => void): void
  removeEventListener?(type: "online", listener: () => void): void
}

const globals: Globals = globalThis

/** The platform's own parts, unless the program passes others. @throws when there is no WebSocket. */
export function platformWith(own: Partial<Platform>): Platform {
  const WebSocket = own.WebSocket ?? globals.WebSocket
  if (WebSocket === undefined) throw new TypeError("There is no WebSocket here: pass one as `WebSocket`.")
  return {
    WebSocket,
    clock: own.clock ?? clock,
    random: own.random ?? Math.random,
    fetch: own.fetch ?? ((url) => fetch(url)),
    onOnline: own.onOnline ?? onOnline,
  }
}

export const clock: Clock = {
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
