import { join } from "node:path"
import { until } from "../../support/until.ts"
import { type Counts, sum } from "../inputs.ts"
import type { AttackerOptions, Finding, Message } from "./attack.ts"

/** The attackers, each in a process of its own, so that they do not slow down the honest pairs. */
export class Crew {
  readonly findings: Finding[] = []
  readonly #attackers: Attacker[] = []

  /** Inputs a second of each attack at full strength; the fuzzed ones make two million in half an hour. */
  static readonly rates: Readonly<Record<string, number>> = {
    "frame fuzzer": 400,
    "HTTP fuzzer": 250,
    "frame model": 200,
    "HTTP model": 100,
    floods: 4000,
    "slow readers": 20,
    resets: 20,
  }

  /** `strength` is the share of their full rates. */
  constructor(readonly strength: number) {}

  /** Starts all attacks. */
  send(
    options: Omit<AttackerOptions, "attack" | "rate" | "seed">,
    seed: number,
    attacks: readonly string[],
  ): void {
    for (const [i, attack] of attacks.entries()) {
      const rate = Crew.rates[attack]
      if (rate === undefined) throw new Error(`no attack is called ${attack}`)
      this.#attackers.push(
        new Attacker({ ...options, attack, rate: rate * this.strength, seed: seed + i }, (finding) =>
          this.findings.push(finding),
        ),
      )
    }
  }

  /** Inputs so far, by kind. */
  get counts(): Counts {
    return this.#attackers.reduce<Counts>((all, { counts }) => sum(all, counts), {})
  }

  /** Stops all attacks, and waits until each process has ended. */
  async stop(): Promise<void> {
    await Promise.all(this.#attackers.map((attacker) => attacker.stop()))
  }

  /** The last inputs of the attackers that still run. */
  async traces(): Promise<string[]> {
    return (await Promise.all(this.#attackers.map((attacker) => attacker.trace()))).flat()
  }
}

/** How long an attacker may take to end before it is killed. */
const patienceMs = 150_000

class Attacker {
  counts: Counts = {}
  #traced: readonly string[] | undefined
  /** Resolves when the process listens: earlier messages to it would be lost. */
  readonly #ready = Promise.withResolvers<void>()
  readonly #process: Bun.Subprocess

  constructor(
    readonly options: AttackerOptions,
    found: (finding: Finding) => void,
  ) {
    this.#process = Bun.spawn(
      [process.execPath, join(import.meta.dir, "attacker.ts"), JSON.stringify(options)],
      {
        stdio: ["ignore", "inherit", "inherit"],
        ipc: (message: Message) => {
          this.#ready.resolve()
          if (message.type === "counts") this.counts = message.counts
          else if (message.type === "found") found(message.finding)
          else this.#traced = message.inputs
        },
      },
    )
    void this.#process.exited.then((code) => {
      this.#ready.resolve()
      if (code !== 0)
        found({
          attack: options.attack,
          what: `the attacker itself ended with ${code}`,
          how: "see its output",
        })
    })
  }

  async stop(): Promise<void> {
    await this.#ready.promise
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    this.#process.send("stop")
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), patienceMs)
    await this.#process.exited
    clearTimeout(timer)
  }

  async trace(): Promise<string[]> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return []
    this.#traced = undefined
    this.#process.send("trace")
    const inputs = await until("an attacker's trace", () => this.#traced, 2000).catch(() => [])
    return inputs.map((input) => `${this.options.attack}: ${input}`)
  }
}
