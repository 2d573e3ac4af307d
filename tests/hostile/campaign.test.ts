import { expect, test } from "bun:test"
import { Crew } from "./attacks/crew.ts"
import { runCampaign } from "./campaign.ts"
import { fuzzed } from "./inputs.ts"
import { shortfalls } from "./report.ts"

/** Other inputs each time; a failure names its seed. */
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 2 ** 31)
const leastInputs = 300

/** As `bun run test:soak --hostile`, for as long as a few hundred inputs take; figures are that command's to judge. */
test("a server under everything at once lives, and every word of honest people is accounted for", async () => {
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
  expect([`HOSTILE_SEED=${seed}`, ...shortfalls(outcome)]).toEqual([`HOSTILE_SEED=${seed}`])
  expect(fuzzed(outcome.inputs)).toBeGreaterThanOrEqual(leastInputs)
  expect(outcome.steady.delivered).toBeGreaterThan(0)
  expect(outcome.restarted.said).toBeGreaterThan(0)
}, 600_000)
