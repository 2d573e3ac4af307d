import { afterAll, beforeAll, expect, test } from "bun:test"
import { clientCast } from "./client-cast.ts"
import { pageTongue } from "./page-tongue.ts"
import { playRounds } from "./rounds.ts"
import { type RunningServer, type Server, startServer } from "./server.ts"
import { speakers } from "./speaker.ts"
import { v1Tongue } from "./v1-tongue.ts"

/** Other scripts each time; a failure names its seed. */
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31)
let roomy: RunningServer

beforeAll(async () => {
  roomy = await startServer("roomy")
})

afterAll(() => roomy.stop())

test("over duet.v1 no message is lost in silence, repeated or out of order, whatever the network does", async () => {
  await playRounds({ runs: 150, seed, cast: speakers(roomy, v1Tongue) })
}, 120_000)

test("over the page's dialect no message is lost in silence, repeated or out of order either", async () => {
  await playRounds({ runs: 150, seed, cast: speakers(roomy, pageTongue) })
}, 120_000)

test("through our own client neither", async () => {
  await playRounds({ runs: 150, seed, cast: clientCast(roomy) })
}, 120_000)

test("with a journal that most resumes find a gap in, what is lost is said to be", async () => {
  const tight = await startServer("tight")
  try {
    const casts = [speakers(tight, v1Tongue), speakers(tight, pageTongue), clientCast(tight)]
    await Promise.all(casts.map((cast) => playRounds({ runs: 150, seed, cast })))
  } finally {
    await tight.stop()
  }
}, 120_000)

test("with a window that runs out, what was said to whom it ended is said to be lost", async () => {
  const brief = await startServer("brief")
  try {
    const casts = [speakers(brief, v1Tongue), speakers(brief, pageTongue), clientCast(brief)]
    await Promise.all(casts.map((cast) => playRounds({ runs: 24, seed, cast })))
    expect(brief.ranOut).toBeGreaterThan(0)
  } finally {
    await brief.stop()
  }
}, 120_000)

test.each([
  (server: Server) => speakers(server, v1Tongue, 1),
  (server: Server) => speakers(server, pageTongue, 1),
  (server: Server) => clientCast(server, 1),
])(
  "a cursor one too far is found out, in each way of speaking: %#",
  async (castAt) => {
    await expect(playRounds({ runs: 40, seed, lanes: 1, cast: castAt(roomy) })).rejects.toThrow(
      "Property failed",
    )
  },
  120_000,
)
