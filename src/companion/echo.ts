import { connect, type Message } from "../../client/index.ts"

/** Echo's id is made from no key and is the same after a restart: whoever talks with Echo goes on. */
export const echo = { id: "ec400000-0000-8000-8000-000000000000", name: "Echo" } as const

/** What Echo needs: where Duet is, who Echo is there, and what it is called. */
export interface EchoOptions {
  readonly url: string
  readonly key: string
  readonly name: string
}

export interface Companion {
  /** Leaves its session to the server. */
  stop(): void
}

const welcome =
  "I am Echo: I say back what you say, so that you can see how Duet works. Open a second tab to talk to a person."

/** Everybody's answers wait in one outbox, while a crowd speaks at once. */
const outboxLimit = 5000

/** Greeted people who are remembered, so that a long run takes no more and more memory. */
const rememberedAtMost = 1000

/** Somebody to talk to who is always here: says back what it hears, over a socket and by our client as any program would. */
export function startEcho(options: EchoOptions): Companion {
  const duet = connect({ ...options, outboxLimit })
  const greeted = new Set<string>()

  const say = (peerId: string, content: string) => {
    // Who has left meanwhile hears nothing more, and neither does anybody when far too many speak at once.
    duet.say(peerId, content).catch(() => {})
  }

  duet.on("message", ({ mine, senderId, content }: Message) => {
    if (mine) return
    if (!greeted.has(senderId)) {
      if (greeted.size >= rememberedAtMost) greeted.clear()
      greeted.add(senderId)
      say(senderId, welcome)
    }
    if (content !== "") say(senderId, content)
  })
  return { stop: () => duet.close() }
}
