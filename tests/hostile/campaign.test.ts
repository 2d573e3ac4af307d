import { expect, test } from "bun:test"
import { Crew } from "./attacks/crew.ts"
import { runCampaign } from "./campaign.ts"
import { fuzzed } from "./inputs.ts"
import { brokenPromises } from "./report.ts"

/** Every run has other inputs; a failure names its seed. */
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2 ** 31)
const leastInputs = 300

/** Like `bun run test:soak --hostile`, for a few hundred inputs; only that command judges the figures. */
test("a server survives all attacks at once, and every message of honest people is accounted for", async () => {
  const outcome = await runCampaign({
    seed,
    attackMs: 5000,
    leastInputs,
    warmUpMs: 0,
    calmMs: 0,
    windowSeconds: 2,
    attacks: Object.keys(Crew.rates),
    strength: 0.25,
    database: true,
    restarts: true,
    say: () => {},
  })
  expect([`HOSTILE_SEED=${seed}`, ...brokenPromises(outcome)]).toEqual([`HOSTILE_SEED=${seed}`])
  expect(fuzzed(outcome.inputs)).toBeGreaterThanOrEqual(leastInputs)
  expect(outcome.steady.delivered).toBeGreaterThan(0)
  expect(outcome.restarted.said).toBeGreaterThan(0)
}, 600_000)
