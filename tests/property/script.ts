import fc from "fast-check"
import type { Aim, Cut, Way } from "../support/tcp-relay.ts"

/** What a person does next; `who` and `whom` count people from 0, and `whom` is never oneself. */
export type Step = { readonly waits: boolean } & (
  | (By & { readonly does: "connect"; readonly weather: Weather })
  | (By & { readonly does: "say" | "type"; readonly whom: number })
  | (By & { readonly does: "block" | "unblock"; readonly whom: number })
  | (By & { readonly does: "ack" | "repeat" | "unsend" | "leave" | "flow" })
  | (By & { readonly does: "stall"; readonly way: Way })
  | (By & { readonly does: "cut"; readonly how: Cut })
  /** Closes every socket of theirs, and stays away. */
  | (By & { readonly does: "vanish" })
  /** Nothing happens for as long as a session outlives its last socket. */
  | { readonly does: "let the window pass" }
  /** The server's wall clock is set, as NTP or an operator may do. */
  | { readonly does: "set the clock"; readonly byMs: number }
)

/** Which person, and on which of their devices: each has one socket at a time. */
interface By {
  readonly who: number
  readonly device: number
}

/** Devices of one person. The others join at their first "connect", so most scripts are of one device each. */
export const devices = 3

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

const device = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.nat(devices - 1) },
)

const byMs = fc.constantFrom(-86_400_000, -3_600_000, -1000, -1, 1, 1000, 3_600_000)

function steps(people: number, windowPasses: boolean): fc.Arbitrary<Step> {
  const waits = fc.boolean()
  const who = fc.nat(people - 1)
  const base = { who, device, waits }
  const pair = fc
    .tuple(who, fc.integer({ min: 1, max: people - 1 }))
    .map(([who, further]) => ({ who, whom: (who + further) % people }))
  const toward = (does: "say" | "type" | "block" | "unblock") =>
    fc.tuple(pair, device, waits).map(([each, device, waits]): Step => ({ ...each, device, does, waits }))
  const alone = (does: "ack" | "repeat" | "unsend" | "leave" | "flow" | "vanish") =>
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
    { weight: windowPasses ? 4 : 1, arbitrary: alone("vanish") },
    { weight: 1, arbitrary: fc.record({ waits, does: fc.constant("set the clock"), byMs }) },
    {
      weight: windowPasses ? 2 : 0,
      arbitrary: fc.record({ waits, does: fc.constant("let the window pass") }),
    },
  )
}

/** Where the window is short enough to wait for, some let it pass. */
export function scripts(windowPasses: boolean): fc.Arbitrary<Script> {
  return fc.integer({ min: 2, max: 4 }).chain((people) =>
    fc.record({
      people: fc.constant(people),
      steps: fc.array(steps(people, windowPasses), { minLength: 3, maxLength: 24 }),
    }),
  )
}
