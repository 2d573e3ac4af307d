import { type Cut, TcpRelay, type Way } from "../support/tcp-relay.ts"
import type { Weather } from "./script.ts"

/** One person's way to the server, and what befalls it. */
export class Network {
  private constructor(readonly relay: TcpRelay) {}

  static async start(serverUrl: string): Promise<Network> {
    return new Network(await TcpRelay.start(Number(new URL(serverUrl).port)))
  }

  get url(): string {
    return this.relay.url
  }

  /** Ends what there is; the next connection, and no other, meets this weather. */
  renew({ aim, delayMs }: Weather): void {
    this.relay.abandon()
    this.relay.onLink = (link) => {
      this.relay.onLink = () => {}
      link.delay(delayMs)
      if (aim !== undefined) link.aim(aim)
    }
  }

  cut(how: Cut): void {
    this.relay.cutAll(how)
  }

  /** What goes that way on the newest connection is held up until `flow`, or until they connect anew. */
  stall(way: Way): void {
    this.relay.links.at(-1)?.stall(way)
  }

  flow(): void {
    this.relay.links.at(-1)?.flow()
  }

  stop(): void {
    this.relay.stop()
  }
}
