import { expect, test } from "bun:test"
import { Account } from "../../../src/chat/memory/memory-budget.ts"
import { relief } from "../../../src/chat/memory/relief.ts"
import type { LocalSession } from "../../../src/chat/presence/sessions/local-post.ts"

function holding(journal: number): LocalSession {
  const account = new Account()
  account.chargeJournal(journal)
  return { account } as LocalSession
}

test("those without a socket end in their order, and no more of them than are needed (C19)", () => {
  const [first, second, third, here] = [holding(10_000), holding(10_000), holding(10_000), holding(90_000)]
  const all = [here, third, second, first]
  expect(relief(15_000, [first, second, third], () => all)).toEqual({ ending: [first, second], shedding: [] })
})

test("then those journals halve that hold at least half of what the largest holds (C19)", () => {
  const [gone, large, larger, small] = [holding(5000), holding(60_000), holding(100_000), holding(40_000)]
  const asked = relief(200_000, [gone], () => [gone, small, large, larger])
  expect(asked.ending).toEqual([gone])
  expect(asked.shedding).toEqual([
    { session: large, bytes: 30_000 },
    { session: larger, bytes: 50_000 },
  ])
})

test("a journal that holds next to nothing is left alone (C19)", () => {
  expect(relief(1000, [], () => [holding(8000)]).shedding).toEqual([])
})
