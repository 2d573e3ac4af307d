import type { Cursor } from "../../src/chat/epoch.ts"
import { ClassicClient } from "./classic-client.ts"

export interface V1Options {
  readonly key?: string
  readonly cursor?: Cursor
}

/** A plain WebSocket that speaks `duet.v1`. */
export class V1Client extends ClassicClient {
  static override async join(base: string, name: string, { key, cursor }: V1Options = {}): Promise<V1Client> {
    const query = cursor === undefined ? "" : `?after=${cursor.after}&epoch=${cursor.epoch}`
    const url = `${base.replace("http", "ws")}/ws/${encodeURIComponent(name)}${query}`
    const client = new V1Client(
      new WebSocket(url, key === undefined ? ["duet.v1"] : ["duet.v1", `duet.key.${key}`]),
    )
    await client.next(({ type }) => type === "connection_established")
    return client
  }

  /** The `session` of `connection_established`. */
  get session(): {
    readonly key?: string
    readonly resumed: boolean
    readonly seq: number
    readonly epoch: string
  } {
    const session = this.frames[0]?.session
    if (
      typeof session !== "object" ||
      session === null ||
      !("seq" in session) ||
      !("resumed" in session) ||
      !("epoch" in session)
    ) {
      throw new Error("no session in the first frame")
    }
    const key = "key" in session ? { key: String(session.key) } : {}
    return {
      ...key,
      seq: Number(session.seq),
      resumed: session.resumed === true,
      epoch: String(session.epoch),
    }
  }

  /** The cursor of a client that has all messages up to this number. */
  at(after: number): Cursor {
    return { after, epoch: this.session.epoch }
  }

  /** The id of the first message with that content. */
  idOf(content: string): string {
    for (const { message } of this.frames) {
      if (typeof message !== "object" || message === null || !("content" in message)) continue
      if (message.content === content && "id" in message) return String(message.id)
    }
    throw new Error(`no message "${content}"`)
  }
}
