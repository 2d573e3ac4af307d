import { afterAll, beforeAll, expect, test } from "bun:test"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { clientCast } from "./client-cast.ts"
import { pageTongue } from "./page-tongue.ts"
import { playRounds, roomyServer, tightServer } from "./rounds.ts"
import { speakers } from "./speaker.ts"
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
  await playRounds({ runs: 200, seed, lanes, cast: speakers(duet.url, v1Tongue) })
}, 120_000)

test("over the page's dialect no message is lost in silence, repeated or out of order either", async () => {
  await playRounds({ runs: 200, seed, lanes, cast: speakers(duet.url, pageTongue) })
}, 120_000)

test("through our own client neither", async () => {
  await playRounds({ runs: 200, seed, lanes, cast: clientCast(duet.url) })
}, 120_000)

test("with a journal that most resumes find a gap in, what is lost is said to be", async () => {
  const tight = await startDuet(tightServer)
  try {
    const { url } = tight
    for (const cast of [speakers(url, v1Tongue), speakers(url, pageTongue), clientCast(url)]) {
      await playRounds({ runs: 200, seed, lanes, cast })
    }
  } finally {
    await tight.stop()
  }
}, 120_000)

test.each([
  (url: string) => speakers(url, v1Tongue, 1),
  (url: string) => speakers(url, pageTongue, 1),
  (url: string) => clientCast(url, 1),
])(
  "a cursor one too far is found out, in each way of speaking: %#",
  async (castAt) => {
    const cast = castAt(duet.url)
    await expect(playRounds({ runs: 40, seed, lanes: 1, cast })).rejects.toThrow("Property failed")
  },
  120_000,
)
