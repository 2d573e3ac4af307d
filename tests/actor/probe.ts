import type { Behavior, Context, StopReason } from "../../src/actor/index.ts"

/** A message for tests: a number, or an order that the probe obeys. */
export type Probe =
  | { type: "note"; value: unknown }
  | { type: "crash"; error?: Error }
  | { type: "run"; run: (self: Context<Probe>) => void }

export const note = (value: unknown): Probe => ({ type: "note", value })
export const crash = (message = "boom"): Probe => ({ type: "crash", error: new Error(message) })
export const run = (order: (self: Context<Probe>) => void): Probe => ({ type: "run", run: order })

/** An actor that writes down what it is told, obeys, and writes down its end. */
export function probe(log: unknown[], name = ""): (self: Context<Probe>) => Behavior<Probe> {
  return (self) => ({
    receive(message) {
      if (message.type === "note") log.push(name === "" ? message.value : `${name}:${message.value}`)
      else if (message.type === "run") message.run(self)
      else throw message.error
    },
    stopped(reason: StopReason) {
      log.push(`${name} ${reason}`.trim())
    },
  })
}
