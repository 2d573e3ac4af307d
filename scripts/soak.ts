import { parseArgs } from "node:util"
import { clientCast } from "../tests/property/client-cast.ts"
import { pageTongue } from "../tests/property/page-tongue.ts"
import type { Cast } from "../tests/property/person.ts"
import { playRounds, roomyServer, tightServer } from "../tests/property/rounds.ts"
import { speakers } from "../tests/property/speaker.ts"
import { v1Tongue } from "../tests/property/v1-tongue.ts"
import { startDuet } from "../tests/support/duet.ts"
import { type HostileOptions, soakHostile } from "./hostile-soak.ts"

const help = `Tests the guarantees of docs/semantics.md for longer than the tests have time for.

Usage: bun run test:soak                        random conversations over networks that fail
       bun run test:soak --hostile [options]    all attacks at once against one server, with honest people whose messages are counted

  --minutes N       how long the attack lasts [2]; warm-up and rest are extra
  --inputs N        the attack goes on until this many inputs were sent [0]
  --seed N          the seed of all random choices [the time]
  --report FILE     writes the report into that page, between its marks
  --without LIST    leaves out some of: frame fuzzer, HTTP fuzzer, frame model, HTTP model, floods, slow readers,
                    resets, database, restarts; separated by commas
  --help            this text

Random conversations: SOAK_RUNS scripts per dialect [5000], from SOAK_SEED [the time].`

const { values } = parseArgs({
  options: {
    hostile: { type: "boolean", default: false },
    minutes: { type: "string", default: "2" },
    inputs: { type: "string", default: "0" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    report: { type: "string" },
    without: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
})
if (values.help) {
  console.log(help)
  process.exit(0)
}
if (values.hostile) process.exit((await soakHostile(hostileOptions())) ? 0 : 1)

function hostileOptions(): HostileOptions {
  const [minutes, inputs, seed] = [Number(values.minutes), Number(values.inputs), Number(values.seed)]
  if (!(minutes > 0) || !Number.isInteger(inputs) || !Number.isInteger(seed)) {
    console.error("--minutes takes a number above 0, --inputs and --seed a whole number")
    process.exit(2)
  }
  const without = values.without.split(",").map((each) => each.trim())
  return {
    minutes,
    leastInputs: inputs,
    seed,
    without: without.filter((each) => each !== ""),
    report: values.report,
  }
}

const runs = Number(process.env.SOAK_RUNS ?? 5000)
const seed = Number(process.env.SOAK_SEED ?? Date.now() % 2 ** 31)
const lanes = 4

type CastAt = (url: string) => Cast
const casts: readonly CastAt[] = [
  (url) => speakers(url, v1Tongue),
  (url) => speakers(url, pageTongue),
  (url) => clientCast(url),
]

console.log(`SOAK_SEED=${seed} SOAK_RUNS=${runs}`)
for (const [journal, env] of Object.entries({ roomy: roomyServer, tight: tightServer })) {
  for (const castAt of casts) if (!(await soak(journal, env, castAt))) process.exit(1)
}

async function soak(journal: string, env: Record<string, string>, castAt: CastAt): Promise<boolean> {
  const duet = await startDuet(env)
  const cast = castAt(duet.url)
  const what = `${cast.name}, ${journal} journal`
  const started = performance.now()
  let count = 0
  const played = () => {
    if (++count % 500 === 0) console.log(`${what}: ${count} scripts, ${elapsed(started)}`)
  }
  try {
    await playRounds({ runs, seed, lanes, played, cast })
    console.log(`${what}: ${count} scripts kept every promise, ${elapsed(started)}`)
    return true
  } catch (error) {
    console.error(`${what}: a promise was broken\n`, error)
    return false
  } finally {
    await duet.stop()
  }
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
