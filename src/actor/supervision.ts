export type Decision = "resume" | "restart" | "stop" | "escalate"

/** How a parent treats a child that throws. What is left out is `standard`'s. */
export interface Supervision {
  /** A pure function of the error and the times of the restarts within the window, oldest first. */
  decide?(error: unknown, restarts: readonly number[]): Decision
  /** More restarts than this within the window, and the child stops. */
  readonly maxRestarts?: number
  /** The sliding window, in milliseconds. */
  readonly withinMs?: number
  readonly backoff?: Backoff
}

/** The wait before a restart: `minMs` doubled at each restart within the window, at most `maxMs`. */
export interface Backoff {
  readonly minMs: number
  readonly maxMs: number
  /** The share of the wait, 0 to 1, that chance may take off. */
  readonly jitter: number
}

/** Restarts a child up to five times in ten seconds. */
export const standard: Required<Supervision> = {
  decide: () => "restart",
  maxRestarts: 5,
  withinMs: 10_000,
  backoff: { minMs: 50, maxMs: 5_000, jitter: 0.2 },
}

/** One throw ends it. */
export const temporary: Supervision = { decide: () => "stop" }

/** Restarts for ever, ever slower, up to every ten seconds. */
export const permanent: Supervision = {
  decide: () => "restart",
  maxRestarts: Number.POSITIVE_INFINITY,
  withinMs: 300_000,
  backoff: { minMs: 100, maxMs: 10_000, jitter: 0.2 },
}

export interface Failure {
  readonly error: unknown
  /** False when `start` itself threw: then there is nothing to resume, and `resume` means restart. */
  readonly started: boolean
  readonly now: number
  /** From 0 up to but not including 1. */
  readonly random: number
}

export type Verdict =
  | { readonly decision: "resume" | "stop" | "escalate" }
  | { readonly decision: "restart"; readonly delayMs: number; readonly restarts: readonly number[] }

/** Decides on a failure from the child's past restarts; a restart comes with its delay and the new history. */
export function judge(supervision: Supervision, failure: Failure, history: readonly number[]): Verdict {
  const { decide, maxRestarts, withinMs, backoff } = { ...standard, ...supervision }
  const recent = history.filter((at) => at > failure.now - withinMs)
  const wanted = decide(failure.error, recent)
  const decision = wanted === "resume" && !failure.started ? "restart" : wanted
  if (decision !== "restart") return { decision }
  if (recent.length >= maxRestarts) return { decision: "stop" }
  const delayMs = waitBefore(recent.length, backoff, failure.random)
  return { decision, delayMs, restarts: [...recent, failure.now] }
}

function waitBefore(restarts: number, { minMs, maxMs, jitter }: Backoff, random: number): number {
  return Math.min(maxMs, minMs * 2 ** restarts) * (1 - jitter * random)
}
