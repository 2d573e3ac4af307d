import { cpus, totalmem } from "node:os"
import { Crew } from "../tests/hostile/attacks/crew.ts"
import { runCampaign } from "../tests/hostile/campaign.ts"
import { brokenPromises, memoryGrowth, reportOf, withReport } from "../tests/hostile/report.ts"

export interface HostileOptions {
  readonly minutes: number
  readonly leastInputs: number
  readonly seed: number
  /** Attacks and faults to leave out. */
  readonly without: readonly string[]
  /** The page for the report. */
  readonly report: string | undefined
}

/** Runs all attacks at once against one server; resolves with whether every promise was kept. */
export async function soakHostile(options: HostileOptions): Promise<boolean> {
  const { minutes, leastInputs, seed, without, report } = options
  const known = [...Object.keys(Crew.rates), "database", "restarts"]
  const unknown = without.filter((each) => !known.includes(each))
  if (unknown.length > 0) {
    console.error(`--without does not know ${unknown.join(", ")}: it knows ${known.join(", ")}`)
    return false
  }
  const command = [
    `bun run test:soak --hostile --minutes ${minutes} --inputs ${leastInputs} --seed ${seed}`,
    ...(without.length === 0 ? [] : [`--without "${without.join(",")}"`]),
  ].join(" ")
  console.log(command)
  const attackMs = minutes * 60_000
  const outcome = await runCampaign({
    seed,
    attackMs,
    leastInputs,
    warmUpMs: Math.min(240_000, Math.max(10_000, attackMs / 5)),
    calmMs: Math.min(60_000, Math.max(5000, attackMs / 5)),
    windowSeconds: 20,
    strength: 1,
    attacks: Object.keys(Crew.rates).filter((each) => !without.includes(each)),
    database: !without.includes("database"),
    restarts: !without.includes("restarts"),
    say: (line) => console.log(line),
  })
  const text = reportOf(outcome, {
    date: new Date().toISOString().slice(0, 10),
    commit: await commit(),
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Bun ${Bun.version}`,
    command,
  })
  console.log(`\n${text}\n`)
  if (report !== undefined) {
    const page = Bun.file(report)
    await Bun.write(report, withReport((await page.exists()) ? await page.text() : "", text))
  }
  const failures = [...brokenPromises(outcome), ...memoryGrowth(outcome)]
  for (const each of failures) console.error(`FAILED: ${each}`)
  return failures.length === 0
}

async function commit(): Promise<string> {
  const run = Bun.spawn(["git", "rev-parse", "--short", "HEAD"], { stdio: ["ignore", "pipe", "ignore"] })
  return (await new Response(run.stdout).text()).trim() || "unknown"
}
