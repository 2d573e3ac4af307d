import fc from "fast-check"
import type { Aim, Cut, Way } from "../support/tcp-relay.ts"

/** What a person does next; `who` and `whom` count people from 0, and `whom` is never oneself. */
export type Step = { readonly who: number; readonly waits: boolean } & (
  | { readonly does: "connect"; readonly weather: Weather }
  | { readonly does: "say" | "type" | "block" | "unblock"; readonly whom: number }
  | { readonly does: "ack" | "repeat" | "unsend" | "leave" | "flow" }
  | { readonly does: "stall"; readonly way: Way }
  | { readonly does: "cut"; readonly how: Cut }
)

/** What befalls a connection. */
export interface Weather {
  readonly aim: Aim | undefined
  /** Milliseconds that everything takes longer. */
  readonly delayMs: number
}

export const calm: Weather = { aim: undefined, delayMs: 0 }

/** What a few people do to one another, in this order, all through a network that fails. */
export interface Script {
  readonly people: number
  readonly steps: readonly Step[]
}

const how = fc.constantFrom<Cut[]>("rst", "fin", "silence")

const failure = fc.oneof(
  { weight: 3, arbitrary: how },
  { weight: 1, arbitrary: fc.constant("stall" as const) },
)
const way = fc.constantFrom<Way[]>("up", "down")

/** Failures weighted onto the handshake, the replay, and what the client sends first: repeats and acknowledgements. */
const aim: fc.Arbitrary<Aim> = fc.oneof(
  fc.record({ way, from: fc.constant("start"), bytes: fc.nat(250), how: failure }),
  fc.record({ way: fc.constant("down"), from: fc.constant("frames"), bytes: fc.nat(1500), how: failure }),
  fc.record({ way: fc.constant("up"), from: fc.constant("frames"), bytes: fc.nat(250), how: failure }),
)

const weather: fc.Arbitrary<Weather> = fc.record({
  aim: fc.option(aim, { nil: undefined }),
  delayMs: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
  ),
})

function steps(people: number): fc.Arbitrary<Step> {
  const who = fc.nat(people - 1)
  const base = { who, waits: fc.boolean() }
  const pair = fc
    .tuple(who, fc.integer({ min: 1, max: people - 1 }))
    .map(([who, further]) => ({ who, whom: (who + further) % people }))
  const toward = (does: "say" | "type" | "block" | "unblock") =>
    fc.tuple(pair, fc.boolean()).map(([each, waits]): Step => ({ ...each, does, waits }))
  const alone = (does: "ack" | "repeat" | "unsend" | "leave" | "flow") =>
    fc.record({ ...base, does: fc.constant(does) })
  return fc.oneof(
    { weight: 12, arbitrary: toward("say") },
    { weight: 6, arbitrary: fc.record({ ...base, does: fc.constant("connect"), weather }) },
    { weight: 4, arbitrary: alone("ack") },
    { weight: 3, arbitrary: fc.record({ ...base, does: fc.constant("cut"), how }) },
    { weight: 1, arbitrary: fc.record({ ...base, does: fc.constant("stall"), way }) },
    { weight: 1, arbitrary: alone("flow") },
    { weight: 2, arbitrary: alone("repeat") },
    { weight: 2, arbitrary: alone("unsend") },
    { weight: 1, arbitrary: toward("type") },
    { weight: 1, arbitrary: alone("leave") },
    { weight: 1, arbitrary: toward("block") },
    { weight: 1, arbitrary: toward("unblock") },
  )
}

export const scripts: fc.Arbitrary<Script> = fc.integer({ min: 2, max: 4 }).chain((people) =>
  fc.record({
    people: fc.constant(people),
    steps: fc.array(steps(people), { minLength: 3, maxLength: 24 }),
  }),
)
