import { connect, type Message } from "../../client/index.ts"

/** Echo's id is not made from a key and survives a restart, so that conversations with Echo go on. */
export const echo = { id: "ec400000-0000-8000-8000-000000000000", name: "Echo" } as const

/** The server's address, and Echo's key and name there. */
export interface EchoOptions {
  readonly url: string
  readonly key: string
  readonly name: string
}

export interface Companion {
  /** Closes its socket; the session ends with the server. */
  stop(): void
}

const welcome =
  "I am Echo: I say back what you say, so that you can see how Duet works. Open a second tab to talk to a person."

/** All answers wait in one outbox, also when a crowd writes at once. */
const outboxLimit = 5000

/** How many greeted people Echo remembers: its memory is bounded. */
const maxGreeted = 1000

/** Starts Echo, who is always online and repeats what it hears: a program like any other, on our client and a socket. */
export function startEcho(options: EchoOptions): Companion {
  const duet = connect({ ...options, outboxLimit })
  const greeted = new Set<string>()

  const say = (peerId: string, content: string) => {
    // The receiver has left, or the outbox is full: neither needs an answer.
    duet.say(peerId, content).catch(() => {})
  }

  duet.on("message", ({ mine, senderId, content }: Message) => {
    if (mine) return
    if (!greeted.has(senderId)) {
      if (greeted.size >= maxGreeted) greeted.clear()
      greeted.add(senderId)
      say(senderId, welcome)
    }
    if (content !== "") say(senderId, content)
  })
  return { stop: () => duet.close() }
}
