import { expect, test } from "bun:test"
import type { Outcome } from "./plan.ts"
import { brokenPromises, memoryGrowth, memorySlack, reportOf, withReport } from "./report.ts"

const account = {
  said: 10,
  delivered: 9,
  undelivered: 1,
  refused: 0,
  sessionOver: 0,
  unaccounted: 0,
  refusals: {},
}
const times = { p50: 1, p99: 2, longest: 3 }
const kept: Outcome = {
  seconds: 60,
  inputs: { "frames, mutated bytes": 1000, "frames of the model": 234, "frames of floods": 99 },
  faults: { "database: killed": 1 },
  steady: account,
  restarted: account,
  violations: [],
  unaccounted: [],
  lostSockets: 0,
  calm: times,
  attacked: times,
  before: { heap: 10, resident: 10 },
  after: { heap: 10 + memorySlack, resident: 10 },
  peakResident: 20,
  findings: [],
  crash: undefined,
  otherCrashes: [],
  notRecovered: [],
}
const runInfo = {
  date: "2026-01-01",
  commit: "abc",
  machine: "a machine",
  command: "bun run test:soak",
}

test("a run that kept every promise has no failures", () => {
  expect([...brokenPromises(kept), ...memoryGrowth(kept)]).toEqual([])
  const report = reportOf(kept, runInfo)
  expect(report).toContain("| Inputs | 1,234 |")
  expect(report).toContain("| Unaccounted | 0 |")
  expect(report).toContain("| Failures | none |")
})

test("the report names each broken promise", () => {
  const broken: Partial<Outcome>[] = [
    { crash: "ended with 1" },
    { otherCrashes: ["ended with 1 by itself"] },
    { steady: { ...account, unaccounted: 1 }, unaccounted: ["anna 3"] },
    { steady: { ...account, said: 0 } },
    { lostSockets: 1 },
    { violations: ["heard twice: anna 3"] },
    { notRecovered: ["the store ready again"] },
    { findings: [{ attack: "HTTP fuzzer", what: "answered 500", how: "x" }] },
  ]
  for (const each of broken) expect(brokenPromises({ ...kept, ...each })).toHaveLength(1)
  const grown = { heap: 11 + memorySlack, resident: 11 + memorySlack }
  expect(memoryGrowth({ ...kept, after: grown })).toHaveLength(2)
})

test("a report replaces the last one, and nothing else of its page", () => {
  const once = withReport("# Page\n\nBefore.\n", "first")
  const twice = withReport(`${once}\nAfter.\n`, "second")
  expect(once).toContain("first")
  expect(twice).not.toContain("first")
  expect(twice).toContain("Before.")
  expect(twice).toContain("second")
  expect(twice).toEndWith("After.\n")
})
