import fc from "fast-check"
import type { Cast } from "./person.ts"
import { play } from "./play.ts"
import { type Script, scripts } from "./script.ts"
import { windowPasses } from "./server.ts"

export interface Rounds {
  readonly runs: number
  readonly seed: number
  /** Scripts played side by side; as many as are worth it if left out. */
  readonly lanes?: number
  readonly cast: Cast
  played?(): void
}

/** Plays so many random scripts. Rejects with the seed, the path and the smallest script that breaks a promise. */
export async function playRounds({
  runs,
  seed,
  cast,
  lanes = cast.server.lanes,
  played,
}: Rounds): Promise<void> {
  const all = scripts(windowPasses(cast.server))
  const property = fc.asyncProperty(all, async (script: Script) => {
    await play(script, cast)
    played?.()
  })
  const share = Math.ceil(runs / lanes)
  const lane = (_: unknown, i: number) =>
    fc.assert(property, { numRuns: share, seed: seed + i, endOnFailure: false })
  await Promise.all(Array.from({ length: lanes }, lane))
}
