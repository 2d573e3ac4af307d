import fc from "fast-check"
import { idOfKey, newKey } from "../../../../src/web/http/pages/identity.ts"
import { faultInClose, faultInText, type Speech } from "../../promises.ts"
import type { Attack, AttackContext } from "../attack.ts"
import { playModel } from "../model.ts"

/** A frame of one of the three people; "$0" to "$2" stand for their ids, "$message" for a message's. */
export interface Step {
  readonly who: number
  readonly frame: unknown
}

const people: readonly Speech[] = ["duet.v1", "duet.v1", "classic"]
/** How long an answer may take under attack; a later one counts as missing. */
const patienceMs = 120_000

/** The id of nobody, and of no message. */
const stranger = "11111111-1111-8111-8111-111111111111"

const id = fc.constantFrom("$0", "$1", "$2", "$stranger")
const message = fc.constantFrom("$message", "$stranger")
const words = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 50 }),
  fc.string({ unit: "binary", maxLength: 5000 }),
)

const rightFrames = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant("chat_message"), receiver_id: id, content: words }) },
  fc.record({ type: fc.constant("chat_message"), receiver_id: id, content: words, reply_to: message }),
  fc.record({ type: fc.constant("ack"), seq: fc.nat(30) }),
  fc.record({ type: fc.constant("seen"), peer_id: id, message_id: message }),
  fc.record({ type: fc.constant("typing"), receiver_id: id, is_typing: fc.boolean() }),
  fc.record({
    type: fc.constant("react"),
    peer_id: id,
    message_id: message,
    emoji: fc.option(fc.constantFrom("👍", "❤️", "👩‍👩‍👧")),
  }),
  fc.record({ type: fc.constant("unsend"), peer_id: id, message_id: message }),
  fc.record({ type: fc.constant("edit"), peer_id: id, message_id: message, content: words }),
  fc.record({ type: fc.constant("rename"), name: fc.string({ unit: "grapheme", maxLength: 40 }) }),
  fc.record({ type: fc.constantFrom("watch", "unwatch"), user_ids: fc.array(id, { maxLength: 101 }) }),
  fc.record({ type: fc.constant("status"), status: fc.constantFrom("online", "away") }),
  fc.record({ type: fc.constantFrom("block", "unblock"), user_id: id }),
  fc.record({ type: fc.constantFrom("ping", "ping", "ping", "leave") }),
)
const type = fc.constantFrom("chat_message", "ack", "seen", "react", "rename", "watch", "status", "block", "")
const wrongFrames = fc.oneof(
  fc.jsonValue(),
  fc.record({ type, receiver_id: fc.jsonValue(), content: fc.jsonValue(), client_id: fc.jsonValue() }),
  fc.record({
    type,
    seq: fc.jsonValue(),
    peer_id: fc.oneof(fc.jsonValue(), fc.string({ maxLength: 70 })),
    emoji: fc.string({ unit: "grapheme", maxLength: 3 }),
    user_ids: fc.jsonValue(),
    name: fc.jsonValue(),
  }),
)
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    who: fc.nat(people.length - 1),
    frame: fc.oneof({ weight: 8, arbitrary: rightFrames }, { weight: 1, arbitrary: wrongFrames }),
  }),
  { minLength: 1, maxLength: 40 },
)

/** Any sequence of valid and invalid commands among three people: the protocol's answer follows each. */
export const playFrames: Attack = (field) => playModel(field, steps, (some) => playSteps(field, some))

export async function playSteps(field: AttackContext, some: readonly Step[]): Promise<void> {
  const here = people.map(
    (speech) => new ModelPerson(`ws://127.0.0.1:${field.port}`, speech, field.address()),
  )
  try {
    await Promise.all(here.map((person) => person.settled("arrival")))
    const ids = here.map((person) => person.id)
    for (const [i, { who, frame }] of some.entries()) {
      await field.pace()
      field.count("frames of the model")
      here[who]?.send(filledIn(frame, ids, here[who]?.message), `c${i}`)
    }
    await Promise.all(here.map((person) => person.settled("end")))
    for (const person of here) person.check()
  } finally {
    for (const person of here) person.socket.terminate()
  }
}

function filledIn(frame: unknown, ids: readonly string[], message = stranger): unknown {
  const places: Readonly<Record<string, string>> = {
    $0: ids[0] ?? "",
    $1: ids[1] ?? "",
    $2: ids[2] ?? "",
    $stranger: stranger,
    $message: message,
  }
  return JSON.parse(JSON.stringify(frame), (_, value) =>
    typeof value === "string" ? (places[value] ?? value) : value,
  )
}

/** One socket of the model: it waits until all its frames are handled, and checks every frame that it receives. */
class ModelPerson {
  readonly socket: WebSocket
  id = ""
  message: string | undefined
  readonly #unanswered = new Map<string, unknown>()
  readonly #settled = new Set<string>()
  readonly #faults: string[] = []
  #asking = ""
  #wake = () => {}

  constructor(
    url: string,
    readonly speech: Speech,
    address: string,
  ) {
    const key = newKey()
    this.id = speech === "classic" ? "" : idOfKey(key)
    this.socket = new WebSocket(`${url}/ws/model`, {
      headers: { "x-forwarded-for": address },
      protocols: speech === "classic" ? [] : ["duet.v1", `duet.key.${key}`],
    })
    this.socket.onmessage = ({ data }) => this.#hear(String(data))
    this.socket.onclose = ({ code, reason }) => {
      const fault = faultInClose(code, reason)
      if (fault !== undefined) this.#faults.push(fault)
      this.#wake()
    }
  }

  /** In duet.v1 the `client_id` finds a message's answer. */
  send(frame: unknown, clientId: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    const isWords = typeof frame === "object" && frame !== null && "content" in frame && "type" in frame
    const isSaid =
      this.speech === "duet.v1" && isWords && frame.type === "chat_message" && !("client_id" in frame)
    if (isSaid) this.#unanswered.set(clientId, frame)
    this.socket.send(JSON.stringify(isSaid ? { ...frame, client_id: clientId } : frame))
  }

  /** A message to oneself: only the session answers it, after all earlier frames. */
  async settled(what: string): Promise<void> {
    const deadline = performance.now() + patienceMs
    let isAsked = false
    while (!this.#settled.has(what) && this.socket.readyState !== WebSocket.CLOSED) {
      if (performance.now() > deadline) throw new Error(`${this.speech}: no answer within ${patienceMs} ms`)
      if (!isAsked && this.socket.readyState === WebSocket.OPEN && this.id !== "") {
        isAsked = true
        this.#asking = what
        this.socket.send(
          JSON.stringify({ type: "chat_message", receiver_id: this.id, content: what, client_id: what }),
        )
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, 1000)
      })
    }
  }

  check(): void {
    const [fault] = this.#faults
    if (fault !== undefined) throw new Error(`${this.speech}: ${fault}`)
    const [unanswered] = this.#unanswered.values()
    if (unanswered === undefined || this.socket.readyState !== WebSocket.OPEN) return
    throw new Error(`${this.speech}: a message was neither echoed nor refused: ${JSON.stringify(unanswered)}`)
  }

  #hear(text: string): void {
    const fault = faultInText(text, this.speech)
    if (fault !== undefined) return void this.#faults.push(fault)
    const frame = JSON.parse(text)
    if (frame.type === "connection_established") this.id = frame.user_id
    if (frame.type === "chat_message") this.message = frame.message.id
    if (frame.client_id !== undefined) this.#unanswered.delete(frame.client_id)
    if (frame.type === "error" && this.#isOfBarrier(frame)) this.#settled.add(this.#asking)
    this.#wake()
  }

  /** Classic answers carry no `client_id`: a message to oneself has an error code of its own. */
  #isOfBarrier({ code, client_id }: { code: string; client_id?: string }): boolean {
    if (this.speech === "classic") return code === "self" || code === "rate_limited"
    return client_id === this.#asking
  }
}
