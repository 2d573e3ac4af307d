/** How to connect. Everything but `url` has a default. */
export interface ConnectOptions extends Partial<Platform> {
  /** The server's address, like `https://chat.example` or `ws://localhost:3000`. */
  readonly url: string
  /** 1 to 32 characters; the server makes one up if it is left out or blank. It need not be unique. */
  readonly name?: string
  /** `duet.key` of an earlier run. Left out, this is a new user. */
  readonly key?: string
  /** `duet.seq` of an earlier run with that key: the server sends only what is newer. Goes with `epoch`. */
  readonly after?: number
  /** `duet.epoch` of that run. */
  readonly epoch?: string
  /** How many messages may wait to be sent; 1000 by default. */
  readonly outboxLimit?: number
}

/** What the client uses of its platform; a program may pass its own. */
export interface Platform {
  readonly WebSocket: SocketConstructor
  readonly clock: Clock
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number
  readonly fetch: Fetch
  /** Calls back whenever the machine has a network again; returns a function that stops it. */
  readonly onOnline: (listener: () => void) => () => void
}

export type SocketConstructor = new (url: string, protocols: string[]) => Socket

/** The part of a WebSocket that the client needs: the standard one of browsers, Bun and Node fits. */
export interface Socket {
  send(frame: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void
  addEventListener(
    type: "close",
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void
}

export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number
  /** Runs once, in `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void
}

export type Fetch = (url: string) => Promise<{ readonly status: number; json(): Promise<unknown> }>
