import { clientCast } from "../tests/property/client-cast.ts"
import { pageTongue } from "../tests/property/page-tongue.ts"
import type { Cast } from "../tests/property/person.ts"
import { playRounds, roomyServer, tightServer } from "../tests/property/rounds.ts"
import { speakers } from "../tests/property/speaker.ts"
import { v1Tongue } from "../tests/property/v1-tongue.ts"
import { startDuet } from "../tests/support/duet.ts"

/** The property of tests/property at length. SOAK_RUNS scripts a way of speaking (5000), from SOAK_SEED (the time). */
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
