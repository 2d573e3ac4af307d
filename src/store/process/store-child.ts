import { join } from "node:path"
import { within } from "../postgres/deadline.ts"
import { crashCode, type Failure, type StoreCall, type StoreReply, type StoreRequest } from "./messages.ts"

const program = join(import.meta.dir, "main.ts")
/** The bytes kept of its standard error; a crash of Bun itself writes a page. */
const maxStderr = 2_000
const stderrMs = 500

export interface StoreChildEvents {
  logged(reply: Extract<StoreReply, { type: "log" }>): void
  /** The process has ended, for whatever reason. */
  ended(): void
}

/** The store's process ended before it answered. */
export class StoreEnded extends Error {
  readonly code = "STORE_ENDED"
}

/** A failure that the store's process reported. */
class StoreFailure extends Error {
  readonly code: string | undefined

  constructor({ name, message, code }: Failure) {
    super(message)
    this.name = name
    this.code = code
  }
}

/** One run of the store's process, seen from the chat's. */
export class StoreChild {
  readonly #process: ReturnType<typeof spawn>
  /** Settles when it has ended, with the reason. */
  readonly #end: Promise<StoreEnded>
  readonly #pending = new Map<number, PromiseWithResolvers<number | undefined>>()
  #asked = 0
  #alive = true

  /** @throws when the process cannot be started. */
  constructor(readonly events: StoreChildEvents) {
    this.#process = spawn((reply) => this.#hear(reply))
    this.#end = this.#watch()
  }

  get pid(): number {
    return this.#process.pid
  }

  /** False once it has ended, or is about to. */
  get alive(): boolean {
    return this.#alive
  }

  /** Resolves with the count of `renew`, with `undefined` for other calls; rejects when the process ends without an answer. */
  async ask(call: StoreCall): Promise<number | undefined> {
    if (!this.#alive) throw await this.#end
    const request: StoreRequest = { ...call, id: ++this.#asked }
    const answer = Promise.withResolvers<number | undefined>()
    this.#pending.set(request.id, answer)
    try {
      this.#process.send(request)
      return await answer.promise
    } finally {
      this.#pending.delete(request.id)
    }
  }

  /** Ends it at once, also when it hangs. */
  async kill(): Promise<void> {
    this.#alive = false
    this.#process.kill("SIGKILL")
    await this.#process.exited
  }

  #hear(reply: StoreReply): void {
    if (reply.type === "log") return this.events.logged(reply)
    const answer = this.#pending.get(reply.id)
    if (reply.type === "done") answer?.resolve(reply.value)
    else answer?.reject(new StoreFailure(reply.failure))
  }

  async #watch(): Promise<StoreEnded> {
    const said = readBounded(this.#process.stderr)
    await this.#process.exited
    this.#alive = false
    const stderr = await within(stderrMs, "reading its standard error", said).catch(() => "")
    const ended = new StoreEnded(`the store's process ended with ${this.#reason(stderr)}`)
    for (const answer of this.#pending.values()) answer.reject(ended)
    this.events.ended()
    return ended
  }

  #reason(stderr: string): string {
    const { exitCode, signalCode } = this.#process
    // After a crash this is a described failure; anything else could quote secrets.
    if (exitCode === crashCode && stderr !== "") return stderr
    const kind = /\bpanic\b|\b[A-Z]\w*Error\b|[Oo]ut of memory/.exec(stderr)?.[0]
    return `${signalCode ?? exitCode}${kind === undefined ? "" : ` (${kind})`}`
  }
}

/** It has no standard output, so that it never holds the chat's log open. */
function spawn(hear: (reply: StoreReply) => void) {
  return Bun.spawn([process.execPath, "--no-env-file", program], {
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
    serialization: "json",
    ipc: hear,
  })
}

/** Without the `PG…` variables, which are meant for other Postgres clients: the driver would obey some of them. */
function environment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PG")))
}

/** Reads to the end, so that the writer never blocks, and keeps the beginning. */
async function readBounded(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  for await (const chunk of stream) {
    if (text.length < maxStderr) text = (text + decoder.decode(chunk, { stream: true })).slice(0, maxStderr)
  }
  return text
}
