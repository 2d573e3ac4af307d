import { join } from "node:path"
import { within } from "../postgres/deadline.ts"
import { crashCode, type Failure, type StoreRequest, type StoreWord, type StoreWork } from "./messages.ts"

const program = join(import.meta.dir, "main.ts")
/** What it may say on its error stream; a crash of Bun itself says a page. */
const longestWord = 2_000
const lastWordMs = 500

export interface StoreChildEvents {
  heard(word: Extract<StoreWord, { type: "log" }>): void
  /** Whatever ended it, and also when it was ended. */
  ended(): void
}

/** The store's process ended before it answered. */
export class StoreEnded extends Error {
  readonly code = "STORE_ENDED"
}

/** A failure that the store's process told of. */
class StoreFailure extends Error {
  readonly code: string | undefined

  constructor({ name, message, code }: Failure) {
    super(message)
    this.name = name
    this.code = code
  }
}

/** One life of the store's process, seen from the chat's. */
export class StoreChild {
  readonly #process: ReturnType<typeof spawn>
  /** Settles when it has ended, with what ended it. */
  readonly #end: Promise<StoreEnded>
  readonly #pending = new Map<number, PromiseWithResolvers<number | undefined>>()
  #asked = 0
  #alive = true

  /** @throws when no process can be had. */
  constructor(readonly events: StoreChildEvents) {
    this.#process = spawn((word) => this.#hear(word))
    this.#end = this.#watch()
  }

  get pid(): number {
    return this.#process.pid
  }

  /** False once it has ended, or is about to. */
  get alive(): boolean {
    return this.#alive
  }

  /** What `renew` counts, nothing for other work; rejects when the process ends without an answer. */
  async ask(work: StoreWork): Promise<number | undefined> {
    if (!this.#alive) throw await this.#end
    const request: StoreRequest = { ...work, id: ++this.#asked }
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

  #hear(word: StoreWord): void {
    if (word.type === "log") return this.events.heard(word)
    const answer = this.#pending.get(word.id)
    if (word.type === "done") answer?.resolve(word.value)
    else answer?.reject(new StoreFailure(word.failure))
  }

  async #watch(): Promise<StoreEnded> {
    const said = readBounded(this.#process.stderr)
    await this.#process.exited
    this.#alive = false
    const word = await within(lastWordMs, "its last word", said).catch(() => "")
    const ended = new StoreEnded(`the store's process ended with ${this.#how(word)}`)
    for (const answer of this.#pending.values()) answer.reject(ended)
    this.events.ended()
    return ended
  }

  #how(word: string): string {
    const { exitCode, signalCode } = this.#process
    // What it wrote when it crashed is a described failure; anything else could quote what it knows.
    if (exitCode === crashCode && word !== "") return word
    const kind = /\bpanic\b|\b[A-Z]\w*Error\b|[Oo]ut of memory/.exec(word)?.[0]
    return `${signalCode ?? exitCode}${kind === undefined ? "" : ` (${kind})`}`
  }
}

/** Its standard output is nobody's, so that it never holds the chat's log open. */
function spawn(hear: (word: StoreWord) => void) {
  return Bun.spawn([process.execPath, "--no-env-file", program], {
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
    serialization: "json",
    ipc: hear,
  })
}

/** What another Postgres client is told by `PG…` is not for this one: the driver would obey some of it. */
function environment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PG")))
}

/** Reads to the end, so that the writer never waits, and keeps the beginning. */
async function readBounded(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  for await (const chunk of stream) {
    if (text.length < longestWord)
      text = (text + decoder.decode(chunk, { stream: true })).slice(0, longestWord)
  }
  return text
}
