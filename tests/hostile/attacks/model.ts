import fc from "fast-check"
import type { Field } from "./attack.ts"

/** Cases of one round: short, so that an attack ends soon after it is told to. */
const runs = 10

/** Plays random cases until the attack is over. One that fails is shrunk, and found with the seed that repeats it. */
export async function playModel<T>(
  field: Field,
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
    // A server that is not there is found by those who watch it.
    if (/ECONNREFUSED|ConnectionRefused/.test(what)) {
      await Bun.sleep(500)
      continue
    }
    field.found({ what, how: fc.defaultReportMessage(details) ?? `seed ${details.seed}` })
  }
}
