import fc from "fast-check"
import type { AttackContext } from "./attack.ts"

/** Cases of one round: few, so that an attack stops soon. */
const runs = 10

/** Runs random cases until the attack is over. A failing case is shrunk, and reported with its seed. */
export async function playModel<T>(
  field: AttackContext,
  cases: fc.Arbitrary<T>,
  play: (some: T) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(cases, async (some) => {
    if (!field.isOver) await play(some)
  })
  while (!field.isOver) {
    const details = await fc.check(property, { numRuns: runs, seed: field.random.below(2 ** 31) })
    if (!details.failed) continue
    const error = details.errorInstance
    const what = error instanceof Error ? error.message : String(error)
    // The campaign itself notices a server that is down.
    if (/ECONNREFUSED|ConnectionRefused/.test(what)) {
      await Bun.sleep(500)
      continue
    }
    field.found({ what, how: fc.defaultReportMessage(details) ?? `seed ${details.seed}` })
  }
}
