import { connect, type Duet } from "../client/index.ts"
import type { Load } from "./load.ts"

/** Pairs of users on our own client, which acknowledges and sees each message and receives ticks. */
export class ClientVolley implements Load {
  #delivered = 0
  #running = false
  readonly #users: { readonly duet: Duet; readonly peerId: string }[] = []

  static async connect(url: string, pairs: number): Promise<ClientVolley> {
    const volley = new ClientVolley()
    for (let i = 0; i < pairs; i++) {
      const [left, right] = [connect({ url, name: `left${i}` }), connect({ url, name: `right${i}` })]
      const [leftOpening, rightOpening] = await Promise.all([left.ready, right.ready])
      volley.#add(left, rightOpening.userId)
      volley.#add(right, leftOpening.userId)
    }
    return volley
  }

  async run(ms: number): Promise<number> {
    this.#delivered = 0
    this.#running = true
    for (const user of this.#users) void this.#speak(user)
    await Bun.sleep(ms)
    this.#running = false
    const delivered = this.#delivered
    await Bun.sleep(200)
    return delivered
  }

  close(): void {
    for (const { duet } of this.#users) duet.close()
  }

  #add(duet: Duet, peerId: string): void {
    duet.on("message", (message) => {
      if (message.mine) return
      this.#delivered++
      duet.seen(message)
    })
    this.#users.push({ duet, peerId })
  }

  async #speak({ duet, peerId }: { readonly duet: Duet; readonly peerId: string }): Promise<void> {
    while (this.#running) await duet.say(peerId, "Are you coming tonight?")
  }
}
