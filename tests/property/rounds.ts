import fc from "fast-check"
import type { Cast } from "./person.ts"
import { play } from "./play.ts"
import { type Script, scripts } from "./script.ts"

export interface Rounds {
  readonly runs: number
  readonly seed: number
  /** Scripts played side by side. */
  readonly lanes: number
  readonly cast: Cast
  played?(): void
}

/** What the server is started with: no limit that would answer for the network. */
export const roomyServer = {
  LOG_LEVEL: "error",
  MESSAGE_RATE: "0",
  BYTE_RATE: "0",
  FRAME_RATE: "0",
  RESUME_WINDOW: "600",
  LEAVE_GRACE: "0",
  CONNECTIONS_PER_USER: "100",
}

/** The same with a journal so small that most resumes meet a gap. */
export const tightServer = { ...roomyServer, JOURNAL_MESSAGES: "4" }

/** Plays so many random scripts. Rejects with the seed, the path and the smallest script that breaks a promise. */
export async function playRounds({ runs, seed, lanes, cast, played }: Rounds): Promise<void> {
  const property = fc.asyncProperty(scripts, async (script: Script) => {
    await play(script, cast)
    played?.()
  })
  const share = Math.ceil(runs / lanes)
  const lane = (_: unknown, i: number) =>
    fc.assert(property, { numRuns: share, seed: seed + i, endOnFailure: false })
  await Promise.all(Array.from({ length: lanes }, lane))
}
