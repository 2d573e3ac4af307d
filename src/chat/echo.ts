import type { Ref } from "../actor/index.ts"
import type { Companion } from "./companion.ts"
import type { Channel, Dialect, Outlet, SessionEvent, Welcome } from "./outlet.ts"
import type { SessionMessage } from "./session-message.ts"

/** Echo's id is made from no key, so nobody can join as Echo. */
export const echo: Companion = {
  id: "ec400000-0000-8000-8000-000000000000",
  name: "Echo",
  outlet: () => new EchoOutlet(),
}

const welcome =
  "I am Echo: I say back what you say, so that you can see how Duet works. Open a second tab to talk to a person."

/** Hears what its session is told, and has it said back. */
class EchoOutlet implements Outlet, Dialect, Channel {
  readonly dialect = this
  readonly attended = false
  readonly #greeted = new Set<string>()
  #session: Ref<SessionMessage> | undefined

  welcome({ session }: Welcome): void {
    this.#session = session
  }

  channel(): Channel {
    return this
  }

  publish(event: SessionEvent): void {
    if (event.type !== "message" || event.own) return
    const { senderId, content } = event.message
    if (!this.#greeted.has(senderId)) {
      this.#greeted.add(senderId)
      if (this.#greeted.size > 1000) this.#greeted.clear()
      this.#say(senderId, welcome)
    }
    this.#say(senderId, content)
  }

  send(event: SessionEvent): boolean {
    this.publish(event)
    return true
  }

  handedOver(seq: number): void {
    this.#session?.signal({ type: "command", outlet: this, command: { type: "ack", seq } })
  }

  goLive(): void {}

  close(): void {}

  #say(receiverId: string, content: string): void {
    this.#session?.tell({
      type: "command",
      outlet: this,
      command: { type: "say", receiverId, content, clientId: undefined, replyTo: undefined },
    })
  }
}
