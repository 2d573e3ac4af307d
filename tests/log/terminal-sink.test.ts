import { expect, test } from "bun:test"
import { TerminalSink } from "../../src/log/terminal-sink.ts"
import { until } from "../support/until.ts"

/** A terminal that takes `atOnce` bytes at once and `room` in all, and then fails with `failure`. */
function terminal(atOnce: number) {
  const played = { shown: "", room: Number.POSITIVE_INFINITY, failure: "EAGAIN" }
  const write = (_: number, bytes: Uint8Array) => {
    if (played.room <= 0) throw Object.assign(new Error(played.failure), { code: played.failure })
    const taken = bytes.subarray(0, Math.min(atOnce, played.room))
    played.room -= taken.length
    played.shown += new TextDecoder().decode(taken)
    return taken.length
  }
  const outcomes: string[] = []
  const sink = new TerminalSink(1, write)
  const say = (text: string) => sink.write(text, (error) => outcomes.push(error?.message ?? "written"))
  return { played, outcomes, say }
}

test("lines that a terminal takes in pieces arrive whole", () => {
  const { played, outcomes, say } = terminal(3)
  say("one line\n")
  say("another\n")
  expect(played.shown).toBe("one line\nanother\n")
  expect(outcomes).toEqual(["written", "written"])
})

test("a stopped terminal does not block the writer, and shows the waiting lines once it goes on", async () => {
  const { played, outcomes, say } = terminal(100)
  played.room = 4
  say("one line\n")
  say("another\n")
  expect(played.shown).toBe("one ")
  expect(outcomes).toEqual([])
  played.room = 100
  await until("it is all there", () => outcomes.length === 2)
  expect(played.shown).toBe("one line\nanother\n")
})

test("a terminal that is gone loses each line, with an error for each", () => {
  const { played, outcomes, say } = terminal(100)
  Object.assign(played, { room: 0, failure: "EIO" })
  say("one line\n")
  say("another\n")
  expect(outcomes).toEqual(["EIO", "EIO"])
})
