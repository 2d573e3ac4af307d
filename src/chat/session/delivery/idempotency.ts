import { type Account, costs, textCost } from "../../memory/memory-budget.ts"
import { Message } from "../../message.ts"
import type { AcceptedState } from "../session-state.ts"
import type { Entry } from "./conversation.ts"

const remembered = 256

/** What a repeat is compared with and answered from; the text is the client's to say again. */
interface Accepted {
  readonly seq: number
  readonly messageId: string
  readonly receiverId: string
  readonly at: number
  readonly replyTo: string | undefined
  /** Of the content; only the client that chose it could be misled by another of the same hash. */
  readonly hash: bigint
  readonly unsent: boolean
}

/** The last accepted messages by the id their client gave them, so that a repeat is harmless. */
export class Idempotency {
  readonly #accepted = new Map<string, Accepted>()

  constructor(readonly account: Account) {}

  /** The echo of what was accepted by this id: nothing when it is new, `"other"` when something else was said by it. */
  repeat(
    senderId: string,
    clientId: string,
    receiverId: string,
    content: string,
  ): Entry | "other" | undefined {
    const accepted = this.#accepted.get(clientId)
    if (accepted === undefined) return undefined
    const { seq, messageId, at, replyTo, hash, unsent } = accepted
    if (accepted.receiverId !== receiverId || (!unsent && hash !== hashOf(content))) return "other"
    const said = unsent ? "" : content
    const message = new Message(
      messageId,
      senderId,
      receiverId,
      said,
      at,
      Buffer.byteLength(said),
      replyTo,
      unsent,
    )
    return { type: "message", seq, message, own: true, clientId }
  }

  /** Notes what was said by an id; also again, when its content was taken back. */
  note({ seq, clientId, message }: Entry): void {
    if (clientId === undefined) return
    const { id, receiverId, at, replyTo, content, unsent } = message
    const isKnown = this.#accepted.has(clientId)
    if (unsent && !isKnown) return
    const hash = hashOf(content)
    this.#accepted.set(clientId, { seq, messageId: id, receiverId, at, replyTo, hash, unsent })
    if (isKnown) return
    this.account.charge(cost(clientId))
    if (this.#accepted.size <= remembered) return
    const oldest = this.#accepted.keys().next().value
    if (oldest === undefined) return
    this.#accepted.delete(oldest)
    this.account.charge(-cost(oldest))
  }

  save(): AcceptedState[] {
    return [...this.#accepted].map(([clientId, accepted]) => {
      const { seq, messageId, receiverId, at, replyTo, hash, unsent } = accepted
      return { clientId, seq, messageId, receiverId, at, replyTo, hash: hash.toString(), unsent }
    })
  }

  load(states: readonly AcceptedState[]): void {
    for (const { clientId, seq, messageId, receiverId, at, replyTo, hash, unsent } of states) {
      this.#accepted.set(clientId, { seq, messageId, receiverId, at, replyTo, hash: BigInt(hash), unsent })
      this.account.charge(cost(clientId))
    }
  }
}

function hashOf(content: string): bigint {
  return BigInt(Bun.hash(content))
}

function cost(clientId: string): number {
  return costs.idempotencyKey + textCost(clientId)
}
