import { describe, expect, test } from "bun:test"
import { judge } from "../../src/actor/supervision.ts"

const NOW = 1_000_000
const failure = { error: new Error("boom"), started: true, now: NOW, random: 0 }

describe("restart decisions", () => {
  test("restarts beyond the limit within the window become a stop (A15)", () => {
    const supervision = { maxRestarts: 2, withinMs: 100 }
    expect(judge(supervision, failure, [NOW - 20]).decision).toBe("restart")
    expect(judge(supervision, failure, [NOW - 20, NOW - 10]).decision).toBe("stop")
  })

  test("restarts that have left the window are forgotten (A12)", () => {
    const verdict = judge({ maxRestarts: 2, withinMs: 100 }, failure, [NOW - 101, NOW - 100, NOW - 99])
    expect(verdict).toMatchObject({ decision: "restart", restarts: [NOW - 99, NOW] })
  })

  test("the wait doubles with each restart in the window, up to its bound (A14)", () => {
    const backoff = { minMs: 10, maxMs: 50, jitter: 0 }
    const waits = [0, 1, 2, 3, 4].map((past) => {
      const verdict = judge({ maxRestarts: 9, withinMs: 100, backoff }, failure, Array(past).fill(NOW - 1))
      return verdict.decision === "restart" && verdict.delayMs
    })
    expect(waits).toEqual([10, 20, 40, 50, 50])
  })

  test("jitter takes off no more than its share of the wait, and adds nothing (A14)", () => {
    const backoff = { minMs: 1000, maxMs: 1000, jitter: 0.3 }
    const waits = [0, 0.5, 0.999].map((random) => {
      const verdict = judge({ backoff }, { ...failure, random }, [])
      return verdict.decision === "restart" ? Math.round(verdict.delayMs) : 0
    })
    expect(waits).toEqual([1000, 850, 700])
  })

  test("the decision is asked with the error and the restarts within the window (A12)", () => {
    const asked: unknown[] = []
    const decide = (error: unknown, restarts: readonly number[]) => {
      asked.push(error, restarts)
      return "escalate" as const
    }
    expect(judge({ decide, withinMs: 50 }, failure, [NOW - 60, NOW - 40])).toEqual({ decision: "escalate" })
    expect(asked).toEqual([failure.error, [NOW - 40]])
  })
})
