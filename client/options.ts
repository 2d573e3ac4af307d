/** How to connect. All but `url` has a good preset. */
export interface ConnectOptions extends Partial<Surroundings> {
  /** Where Duet is, like `https://chat.example` or `ws://localhost:3000`. */
  readonly url: string
  /** 1 to 32 characters; the server makes one up if left out or blank. It need not be unique. */
  readonly name?: string
  /** Who this is: `duet.key` of an earlier run. A new user if left out. */
  readonly key?: string
  /** `duet.seq` of an earlier run with that key: what came before it is not sent again. Goes with `epoch`. */
  readonly after?: number
  /** `duet.epoch` of that run. */
  readonly epoch?: string
  /** Messages that may wait to be sent; 1000 if left out. */
  readonly outboxLimit?: number
}

/** What is taken from the platform unless a program hands in its own. */
export interface Surroundings {
  readonly WebSocket: SocketConstructor
  readonly clock: Clock
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number
  readonly fetch: Fetch
  /** Calls back whenever the machine says that it has a network again; answers how to stop that. */
  readonly onOnline: (listener: () => void) => () => void
}

export type SocketConstructor = new (url: string, protocols: string[]) => Socket

/** As much of a WebSocket as is needed: the standard one of browsers, Bun and Node fits. */
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
  /** Runs once, in `ms` milliseconds, unless what it answers is called before. */
  after(ms: number, run: () => void): () => void
}

export type Fetch = (url: string) => Promise<{ readonly status: number; json(): Promise<unknown> }>
