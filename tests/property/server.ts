import { type RunningDuet, startDuet } from "../support/duet.ts"
import { SetClock } from "../support/set-clock.ts"

/** A server that scripts are played against, and what a script must know of it. */
export interface Server {
  readonly url: string
  /** Whether a journal holds all that one script says. */
  readonly holdsAll: boolean
  /** How long a session outlives its last socket. */
  readonly windowMs: number
  /** The server's wall clock. */
  readonly clock: Pick<SetClock, "setBy">
  /** Scripts that are worth playing side by side: where they wait for a window, more. */
  readonly lanes: number
  /** How many sessions ended because their window ran out, as far as anybody noticed. */
  ranOut: number
}

export interface RunningServer extends Server {
  stop(): Promise<void>
}

/** No limit that would answer for the network. */
const roomy = {
  LOG_LEVEL: "error",
  MESSAGE_RATE: "0",
  BYTE_RATE: "0",
  FRAME_RATE: "0",
  RESUME_WINDOW: "600",
  LEAVE_GRACE: "0",
  CONNECTIONS_PER_USER: "100",
}

export const kinds = {
  roomy,
  /** A journal so small that most resumes meet a gap. */
  tight: { ...roomy, JOURNAL_MESSAGES: "4" },
  /** A window that scripts can wait for. */
  brief: { ...roomy, RESUME_WINDOW: "1" },
}

export type Kind = keyof typeof kinds

export async function startServer(kind: Kind): Promise<RunningServer> {
  const clock = SetClock.create()
  const env = { ...kinds[kind], ...clock.env }
  let duet: RunningDuet
  try {
    duet = await startDuet(env, { preload: SetClock.preload })
  } catch (error) {
    clock.stop()
    throw error
  }
  return {
    url: duet.url,
    holdsAll: kind !== "tight",
    windowMs: Number(env.RESUME_WINDOW) * 1000,
    clock,
    lanes: kind === "brief" ? 6 : 4,
    ranOut: 0,
    async stop() {
      await duet.stop()
      clock.stop()
    },
  }
}

/** Whether scripts can wait until the window is over. */
export function windowPasses({ windowMs }: Server): boolean {
  return windowMs <= 1000
}
