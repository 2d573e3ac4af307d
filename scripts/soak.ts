import { parseArgs } from "node:util"
import { clientCast } from "../tests/property/client-cast.ts"
import { pageTongue } from "../tests/property/page-tongue.ts"
import type { Cast } from "../tests/property/person.ts"
import { playRounds } from "../tests/property/rounds.ts"
import { type Kind, kinds, type Server, startServer } from "../tests/property/server.ts"
import { speakers } from "../tests/property/speaker.ts"
import { v1Tongue } from "../tests/property/v1-tongue.ts"
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

type CastAt = (server: Server) => Cast
const casts: readonly CastAt[] = [
  (server) => speakers(server, v1Tongue),
  (server) => speakers(server, pageTongue),
  (server) => clientCast(server),
]

console.log(`SOAK_SEED=${seed} SOAK_RUNS=${runs}`)
for (const kind of Object.keys(kinds) as Kind[]) {
  for (const castAt of casts) if (!(await soak(kind, castAt))) process.exit(1)
}

async function soak(kind: Kind, castAt: CastAt): Promise<boolean> {
  const server = await startServer(kind)
  const cast = castAt(server)
  const what = `${cast.name}, ${kind} server`
  const started = performance.now()
  let count = 0
  const played = () => {
    if (++count % 500 === 0) console.log(`${what}: ${count} scripts, ${elapsed(started)}`)
  }
  try {
    await playRounds({ runs, seed, played, cast })
    console.log(`${what}: ${count} scripts kept every promise, ${elapsed(started)}`)
    return true
  } catch (error) {
    console.error(`${what}: a promise was broken\n`, error)
    return false
  } finally {
    await server.stop()
  }
}

function elapsed(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
