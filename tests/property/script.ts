import fc from "fast-check"
import type { Aim, Cut } from "../support/tcp-relay.ts"

/** What a person does next; `who` and `whom` count people from 0, and `whom` is never oneself. */
export type Step = { readonly who: number; readonly waits: boolean } & (
  | { readonly does: "connect"; readonly aim: Aim | undefined }
  | { readonly does: "say" | "block" | "unblock"; readonly whom: number }
  | { readonly does: "ack" | "repeat" | "leave" }
  | { readonly does: "cut"; readonly how: Cut }
)

/** What a few people do to one another, in this order, all through a network that fails. */
export interface Script {
  readonly people: number
  readonly steps: readonly Step[]
}

const how = fc.constantFrom<Cut[]>("rst", "fin", "silence")

/** Cuts weighted onto the handshake, the replay, and what the client sends first: repeats and acknowledgements. */
const aim: fc.Arbitrary<Aim> = fc.oneof(
  fc.record({
    way: fc.constantFrom("up", "down"),
    from: fc.constant("start"),
    bytes: fc.nat(250),
    how,
  }),
  fc.record({ way: fc.constant("down"), from: fc.constant("frames"), bytes: fc.nat(1500), how }),
  fc.record({ way: fc.constant("up"), from: fc.constant("frames"), bytes: fc.nat(250), how }),
)

function steps(people: number): fc.Arbitrary<Step> {
  const who = fc.nat(people - 1)
  const base = { who, waits: fc.boolean() }
  const pair = fc
    .tuple(who, fc.integer({ min: 1, max: people - 1 }))
    .map(([who, further]) => ({ who, whom: (who + further) % people }))
  const toward = (does: "say" | "block" | "unblock") =>
    fc.tuple(pair, fc.boolean()).map(([each, waits]): Step => ({ ...each, does, waits }))
  const alone = (does: "ack" | "repeat" | "leave") => fc.record({ ...base, does: fc.constant(does) })
  return fc.oneof(
    { weight: 12, arbitrary: toward("say") },
    {
      weight: 6,
      arbitrary: fc.record({
        ...base,
        does: fc.constant("connect"),
        aim: fc.option(aim, { nil: undefined }),
      }),
    },
    { weight: 4, arbitrary: alone("ack") },
    { weight: 3, arbitrary: fc.record({ ...base, does: fc.constant("cut"), how }) },
    { weight: 2, arbitrary: alone("repeat") },
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
