import { expect, test } from "bun:test"
import { Ledger, percentile } from "./ledger.ts"

const counted = (ledger: Ledger) => {
  const { said, delivered, undelivered, refused, sessionOver, unaccounted } = ledger.account()
  return { said, delivered, undelivered, refused, sessionOver, unaccounted }
}
const none = { said: 1, delivered: 0, undelivered: 0, refused: 0, sessionOver: 0, unaccounted: 0 }

test("a message that was echoed and not heard or reported is unaccounted", () => {
  const ledger = new Ledger(() => 0)
  const word = ledger.say("anna", 0, 0)
  ledger.echoed(word.content, "id")
  expect(counted(ledger)).toEqual({ ...none, unaccounted: 1 })
  expect(ledger.unaccounted.map(({ content }) => content)).toEqual(["anna 0"])
})

test("a message is accounted for when it was heard, refused, undelivered, or its session is over", () => {
  const fates: ((ledger: Ledger) => keyof typeof none)[] = [
    (ledger) => {
      ledger.heard(ledger.say("anna", 0, 0).content)
      return "delivered"
    },
    (ledger) => {
      ledger.say("anna", 0, 0).refused = "receiver_offline"
      return "refused"
    },
    (ledger) => {
      ledger.echoed(ledger.say("anna", 0, 0).content, "id")
      ledger.undelivered("id")
      return "undelivered"
    },
    (ledger) => {
      ledger.say("anna", 0, 0).isSessionOver = true
      return "sessionOver"
    },
  ]
  for (const fate of fates) {
    const ledger = new Ledger(() => 0)
    const ended = fate(ledger)
    expect(counted(ledger)).toEqual({ ...none, [ended]: 1 })
    expect(ledger.violations).toEqual([])
  }
})

test("a message reported as undelivered before its echo came is undelivered too", () => {
  const ledger = new Ledger(() => 0)
  const word = ledger.say("anna", 0, 0)
  ledger.undelivered("id")
  ledger.echoed(word.content, "id")
  expect(counted(ledger)).toEqual({ ...none, undelivered: 1 })
})

test("a message heard twice, after a later one, or that nobody sent is a violation", () => {
  const ledger = new Ledger(() => 0)
  const [first, second] = [ledger.say("anna", 0, 0), ledger.say("anna", 1, 0)]
  for (const { content } of [second, first, first]) ledger.heard(content)
  ledger.heard("a stranger's word")
  expect(ledger.violations).toEqual([
    "heard after 1: anna 0",
    "heard twice: anna 0",
    "nobody said a stranger's word",
  ])
})

test("the order is checked per sender and session", () => {
  const ledger = new Ledger(() => 0)
  for (const word of [ledger.say("anna", 5, 0), ledger.say("ben", 1, 0), ledger.say("anna", 6, 1)])
    ledger.heard(word.content)
  expect(ledger.violations).toEqual([])
})

test("times are measured per phase", () => {
  let now = 0
  const ledger = new Ledger(() => now)
  ledger.phase = "attack"
  const word = ledger.say("anna", 0, 0)
  now = 7
  ledger.heard(word.content)
  expect(ledger.times("attack", () => true)).toEqual([7])
  expect(ledger.times("calm", () => true)).toEqual([])
})

test("a percentile is the value below which that share lies", () => {
  const values = Array.from({ length: 100 }, (_, i) => 99 - i)
  expect([0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 99, 99])
  expect(percentile([], 0.5)).toBeUndefined()
})
