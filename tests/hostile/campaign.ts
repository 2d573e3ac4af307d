import { tmpdir } from "node:os"
import { join } from "node:path"
import { fieldsOf } from "../property/tongue.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { startPostgres, type TestPostgres } from "../support/postgres.ts"
import { until } from "../support/until.ts"
import type { Finding } from "./attacks/attack.ts"
import { Crew } from "./attacks/crew.ts"
import { DatabaseFaults } from "./database.ts"
import { Ledger } from "./honest/ledger.ts"
import { type HonestPair, joinPairs, timesOf } from "./honest/pair.ts"
import { fuzzed, sum } from "./inputs.ts"
import { type Memory, memoryOf, memoryReporter, residentOf } from "./memory.ts"
import type { Outcome, Plan } from "./plan.ts"
import { faultInLog } from "./promises.ts"
import { Random } from "./random.ts"
import { RestartedServer } from "./restarts.ts"

const env = {
  LEASE: "5",
  LOG_LEVEL: "warn",
  LIMIT_PRIVATE: "1",
  TRUST_PROXY: "1",
}
const askerAddress = "203.0.113.9"

export async function runCampaign(plan: Plan): Promise<Outcome> {
  const database = await startPostgres()
  const duet = await startDuet(envOf(plan, database), { preload: memoryReporter })
  try {
    return await new Campaign(plan, database, duet).run()
  } finally {
    await duet.kill()
    await database.stop()
  }
}

function envOf({ windowSeconds }: Plan, { url }: TestPostgres): Record<string, string> {
  return { ...env, RESUME_WINDOW: String(windowSeconds), DATABASE_URL: url }
}

class Campaign {
  readonly #random: Random
  readonly #ledger = new Ledger(() => performance.now())
  readonly #began = performance.now()
  readonly #findings: Finding[] = []
  readonly #notRecovered: string[] = []
  readonly #faults: DatabaseFaults
  #inputs: Readonly<Record<string, number>> = {}
  #crash: string | undefined
  #peakResident = 0

  constructor(
    readonly plan: Plan,
    readonly database: TestPostgres,
    readonly duet: RunningDuet,
  ) {
    this.#random = new Random(plan.seed)
    this.#faults = new DatabaseFaults(database, this.#random.fork())
    void duet.exited.then((code) => {
      this.#crash ??= `ended with ${code}`
    })
  }

  async run(): Promise<Outcome> {
    const { plan, duet } = this
    const random = this.#random.fork()
    const pairs = await joinPairs(duet.url, this.#ledger, "steady", () => random.next())
    await this.#everybodyHere(pairs)
    this.#ledger.phase = "warm-up"
    await this.#attack(plan.warmUpMs, 0, [duet.port])
    const before = await this.#settled(pairs)
    this.#ledger.phase = "calm"
    this.#say("honest people alone")
    await this.#pass(plan.calmMs)
    this.#ledger.phase = "attack"
    const { server, others } = await this.#secondServer()
    this.#say("everything at once")
    if (plan.database) this.#faults.start()
    server?.start()
    await this.#attack(
      plan.attackMs,
      plan.leastInputs,
      server ? [duet.port, duet.port, duet.port, server.duet.port] : [duet.port],
    )
    this.#ledger.phase = "after"
    await this.#faults.stop()
    await server?.calm()
    await this.#wordsSettled(others)
    for (const pair of others) pair.leave()
    await server?.stop()
    const after = await this.#settled(pairs)
    await this.#storeIsRight(pairs)
    await this.#wordsSettled(pairs)
    return this.#outcome({ before, after, server, pairs })
  }

  async #secondServer(): Promise<{ server?: RestartedServer; others: readonly HonestPair[] }> {
    if (!this.plan.restarts) return { others: [] }
    const server = await RestartedServer.start(
      { ...env, DATABASE_URL: this.database.url },
      this.#random.fork(),
    )
    const random = this.#random.fork()
    const others = await joinPairs(server.duet.url, this.#ledger, "restarted", () => random.next())
    await this.#everybodyHere(others)
    return { server, others }
  }

  async #everybodyHere(pairs: readonly HonestPair[]): Promise<void> {
    const areHere = () => pairs.every(({ people }) => people.every((one) => one.isHere))
    await until("honest people to be welcomed", areHere, 60_000)
  }

  async #attack(ms: number, leastInputs: number, ports: readonly number[]): Promise<void> {
    if (ms === 0) return
    const crew = new Crew(this.plan.strength)
    crew.send({ port: this.duet.port, ports }, this.#random.below(2 ** 31), this.plan.attacks)
    await this.#pass(ms, crew)
    while (fuzzed(crew.counts) < leastInputs && this.#crash === undefined) await this.#pass(500, crew)
    if (this.#crash !== undefined) await this.#keep(await crew.traces())
    await crew.stop()
    this.#inputs = sum(this.#inputs, crew.counts)
    this.#findings.push(...crew.findings)
  }

  /** Keeps the last inputs before the crash. */
  async #keep(inputs: readonly string[]): Promise<void> {
    const path = join(tmpdir(), `duet-last-inputs-${this.plan.seed}.txt`)
    await Bun.write(path, inputs.join("\n"))
    this.#say(`the server ended: the last inputs are in ${path}`)
  }

  /** Waits until the time is over or the server has ended. */
  async #pass(ms: number, crew?: Crew): Promise<void> {
    const end = performance.now() + ms
    let nextWord = performance.now() + 30_000
    while (performance.now() < end && this.#crash === undefined) {
      await Bun.sleep(Math.min(1000, Math.max(0, end - performance.now())))
      this.#peakResident = Math.max(this.#peakResident, await residentOf(this.duet.pid))
      if (crew === undefined || performance.now() < nextWord) continue
      nextWord += 30_000
      const { said, unaccounted } = this.#ledger.account()
      this.#say(
        `${fuzzed(crew.counts)} inputs, ${said} messages, ${unaccounted} open, ${crew.findings.length} findings, ` +
          `${(this.#peakResident / 2 ** 20).toFixed(0)} MiB at most`,
      )
    }
  }

  /** Measures memory once the attackers' sessions have ended, windows included. */
  async #settled(pairs: readonly HonestPair[]): Promise<Memory> {
    this.#say("waiting for the attackers' windows to pass")
    await this.#pass((this.plan.windowSeconds + 2) * 1000)
    const honest = pairs.length * 2
    let online: number | string = "nobody answers"
    const areAlone = async () => {
      online = await this.#online()
      return online === honest
    }
    await this.#back(`${honest} people online, as before`, areAlone, () => `: ${online}`)
    if (this.#crash !== undefined) return { heap: Number.NaN, resident: Number.NaN }
    return await memoryOf(this.duet)
  }

  async #storeIsRight(pairs: readonly HonestPair[]): Promise<void> {
    const names = pairs.flatMap(({ people }) => people.map(({ identity }) => identity.name)).sort()
    await this.#back("the store ready again", async () => (await this.#ask("/health/ready")).ok)
    await this.#back("the table of those online right again", async () =>
      Bun.deepEquals((await this.#faults.online()).sort(), names),
    )
  }

  /** Stops the pairs, and waits up to a minute until every message is accounted for. */
  async #wordsSettled(pairs: readonly HonestPair[]): Promise<void> {
    for (const pair of pairs) pair.hush()
    const names = pairs.flatMap(({ people }) => people.map(({ identity }) => identity.name))
    const isOpen = () => this.#ledger.unaccounted.some(({ from }) => names.includes(from))
    await until("every message is settled", () => this.#crash !== undefined || !isOpen(), 60_000).catch(
      () => {},
    )
  }

  async #back(what: string, look: () => Promise<boolean>, seen = () => ""): Promise<void> {
    const isBack = async () => this.#crash !== undefined || (await look().catch(() => false))
    await until(what, isBack, 60_000).catch(() => this.#notRecovered.push(`${what}${seen()}`))
  }

  async #online(): Promise<number> {
    return Number(fieldsOf(await (await this.#ask("/")).json()).online)
  }

  #ask(path: string): Promise<Response> {
    const headers = { accept: "application/json", "x-forwarded-for": askerAddress }
    return fetch(`${this.duet.url}${path}`, { headers, signal: AbortSignal.timeout(10_000) })
  }

  #outcome(last: {
    before: Memory
    after: Memory
    server: RestartedServer | undefined
    pairs: readonly HonestPair[]
  }): Outcome {
    const { server, pairs } = last
    const isSteady = (from: string) => from.startsWith("steady")
    const isUncut = (from: string) => isSteady(from) && !from.includes("cut off")
    const lines = `${this.duet.output()}\n${server?.output ?? ""}`.split("\n").filter(faultInLog)
    const logged = [...new Set(lines.map((line) => line.replace(/^\S+Z /, "")))].slice(0, 10)
    const outcome: Outcome = {
      seconds: (performance.now() - this.#began) / 1000,
      inputs: this.#inputs,
      faults: {
        ...prefixed("database: ", this.#faults.counts),
        ...(server && { "server: SIGTERM": server.terminated, "server: SIGKILL": server.killed }),
      },
      steady: this.#ledger.account(isSteady),
      restarted: this.#ledger.account((from) => !isSteady(from)),
      violations: this.#ledger.violations,
      unaccounted: this.#ledger.unaccounted.map(({ content, phase }) => `${content} (${phase})`),
      lostSockets: pairs.reduce((all, pair) => all + pair.lostSockets, 0),
      calm: timesOf(this.#ledger, "calm", isUncut),
      attacked: timesOf(this.#ledger, "attack", isUncut),
      before: last.before,
      after: last.after,
      peakResident: this.#peakResident,
      findings: [
        ...this.#findings,
        ...logged.map((what) => ({ attack: "log", what, how: "see the output" })),
      ],
      otherCrashes: server?.deaths ?? [],
      crash: this.#crash && `${this.#crash}: ${this.duet.output().slice(-3000)}`,
      notRecovered: this.#notRecovered,
    }
    for (const pair of pairs) pair.leave()
    return outcome
  }

  #say(line: string): void {
    this.plan.say(`${((performance.now() - this.#began) / 1000).toFixed(0).padStart(5)} s  ${line}`)
  }
}

function prefixed(prefix: string, counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([kind, count]) => [`${prefix}${kind}`, count]))
}
