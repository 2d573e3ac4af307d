import { afterAll, beforeAll, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { pageTongue } from "./page-tongue.ts"
import { playRounds, roomyServer, tightServer } from "./rounds.ts"
import { v1Tongue } from "./v1-tongue.ts"

/** Other scripts each time; a failure names its seed. */
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31)
const lanes = 4
let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet(roomyServer)
})

afterAll(() => duet.stop())

test("over duet.v1 no message is lost in silence, repeated or out of order, whatever the network does", async () => {
  const on = { serverUrl: duet.url, tongue: v1Tongue, cursorError: 0 }
  await playRounds({ runs: 200, seed, lanes, on })
}, 120_000)

test("over the page's dialect no message is lost in silence, repeated or out of order either", async () => {
  const on = { serverUrl: duet.url, tongue: pageTongue, cursorError: 0 }
  await playRounds({ runs: 200, seed, lanes, on })
}, 120_000)

test("with a journal that most resumes find a gap in, what is lost is said to be", async () => {
  const tight = await startDuet(tightServer)
  try {
    for (const tongue of [v1Tongue, pageTongue]) {
      await playRounds({ runs: 200, seed, lanes, on: { serverUrl: tight.url, tongue, cursorError: 0 } })
    }
  } finally {
    await tight.stop()
  }
}, 120_000)

test.each([v1Tongue, pageTongue])(
  "a cursor one too far is found out: $name",
  async (tongue) => {
    const on = { serverUrl: duet.url, tongue, cursorError: 1 }
    await expect(playRounds({ runs: 40, seed, lanes: 1, on })).rejects.toThrow("Property failed")
  },
  120_000,
)
