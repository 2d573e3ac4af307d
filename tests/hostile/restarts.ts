import { type RunningDuet, startDuet } from "../support/duet.ts"
import type { Random } from "./random.ts"

/** How long a server lives between two restarts, in milliseconds. */
const life = { least: 4000, most: 12_000 }

/** A server that is stopped again and again, by SIGTERM or SIGKILL, and started again at the same port. */
export class RestartedServer {
  terminated = 0
  killed = 0
  /** Unexpected ends. */
  readonly deaths: string[] = []
  /** The output of all its processes. */
  output = ""
  #isOver = false
  #hasDied = false
  #isEnding = false
  #restarts: Promise<void> | undefined

  private constructor(
    readonly env: Record<string, string>,
    readonly random: Random,
    public duet: RunningDuet,
  ) {}

  static async start(env: Record<string, string>, random: Random): Promise<RestartedServer> {
    const duet = await startDuet(env)
    return new RestartedServer({ ...env, PORT: String(duet.port) }, random, duet)
  }

  start(): void {
    this.#watch()
    this.#restarts = this.#run()
  }

  /** Stops the restarts; the server runs on, so that its people hear what became of their messages. */
  async calm(): Promise<void> {
    this.#isOver = true
    await this.#restarts
  }

  async stop(): Promise<void> {
    await this.calm()
    this.#isEnding = true
    await this.duet.stop()
    this.output += this.duet.output()
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      const end = performance.now() + life.least + this.random.below(life.most - life.least)
      while (performance.now() < end && !this.#isOver && !this.#hasDied) await Bun.sleep(50)
      if (this.#hasDied) await this.#again()
      else if (!this.#isOver) await this.#restart()
    }
  }

  #watch(): void {
    const { duet } = this
    void duet.exited.then((code) => {
      if (duet !== this.duet || this.#isEnding) return
      this.deaths.push(`ended with ${code} by itself: ${duet.output().slice(-1000)}`)
      this.#hasDied = true
    })
  }

  async #restart(): Promise<void> {
    this.#isEnding = true
    if (this.random.chance(0.5)) {
      this.terminated++
      await this.duet.stop()
    } else {
      this.killed++
      await this.duet.kill()
    }
    await this.#again()
  }

  async #again(): Promise<void> {
    this.output += this.duet.output()
    this.duet = await startDuet(this.env)
    this.#hasDied = false
    this.#isEnding = false
    this.#watch()
  }
}
