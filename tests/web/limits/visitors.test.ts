import { expect, spyOn, test } from "bun:test"
import { unattachedMs } from "../../../src/chat/session/session-options.ts"
import { type Address, readAddress } from "../../../src/web/limits/address.ts"
import { type AddressRules, maxUnread, Quota } from "../../../src/web/limits/quota.ts"
import { maxRemembered, Visitors } from "../../../src/web/limits/visitors.ts"

const preset: AddressRules = {
  connections: 64,
  connectRate: 5,
  connectBurst: 50,
  httpRate: 20,
  httpBurst: 200,
}

function createVisitors(rules: Partial<AddressRules> = {}) {
  const clock = { now: 0 }
  return { clock, visitors: new Visitors({ ...preset, ...rules }, () => clock.now) }
}

function at(text: string): Address {
  const address = readAddress(text)
  if (address === undefined) throw new Error(`${text} is no address`)
  return address
}

/** How many times it is admitted before it is refused; stops far above every limit here. */
function countUntilRefused(ask: (turn: number) => number): number {
  for (let turn = 0; turn < 10_000; turn++) if (ask(turn) > 0) return turn
  return Number.POSITIVE_INFINITY
}

test("requests have a bucket of their own: the burst at once, then the rate, with when to try again", () => {
  const { clock, visitors } = createVisitors()
  const anna = at("203.0.113.5")
  expect(countUntilRefused(() => visitors.request(anna, 1))).toBe(200)
  expect(visitors.request(anna, 1)).toBe(50)
  expect(visitors.socket(anna, "a")).toBe(0)
  expect(visitors.request(at("203.0.113.6"), 1)).toBe(0)
  clock.now = 1000
  expect(countUntilRefused(() => visitors.request(anna, 1))).toBe(20)
})

test("probes have a bucket of their own, as large as that of requests", () => {
  const { clock, visitors } = createVisitors()
  const anna = at("2001:db8:1::1")
  countUntilRefused(() => visitors.request(anna, 1))
  expect(countUntilRefused(() => visitors.probe(anna))).toBe(200)
  expect(visitors.probe(anna)).toBe(50)
  clock.now = 1000
  expect(countUntilRefused(() => visitors.probe(anna))).toBe(20)
})

test("a cost that shows after the request was admitted is charged later", () => {
  const { clock, visitors } = createVisitors()
  const anna = at("203.0.113.5")
  const fails = () => {
    const waitMs = visitors.request(anna, 0.1)
    if (waitMs === 0) visitors.owe(anna, 0.9)
    return waitMs
  }
  expect(countUntilRefused(fails)).toBe(200)
  clock.now = 1000
  expect(countUntilRefused(fails)).toBe(20)
})

test("sockets and sessions share a bucket, and pages leave its last fifth to sockets", () => {
  const { visitors } = createVisitors()
  const anna = at("203.0.113.5")
  expect(countUntilRefused((turn) => visitors.session(anna, `user ${turn}`))).toBe(40)
  expect(countUntilRefused((turn) => visitors.socket(anna, `user ${turn}`))).toBe(10)
  expect(visitors.session(anna, "one more")).toBeGreaterThan(0)
})

test("sessions that wait for their socket count as connections, until it comes or they end", () => {
  const { clock, visitors } = createVisitors({ connections: 3, connectRate: 0 })
  const anna = at("203.0.113.5")
  for (const id of ["a", "b", "c"]) expect(visitors.session(anna, id)).toBe(0)
  expect(visitors.session(anna, "d")).toBeGreaterThan(0)
  expect(visitors.socket(anna, "d")).toBeGreaterThan(0)
  expect(visitors.socket(anna, "a")).toBe(0)
  visitors.opened(anna, "a")
  expect(visitors.session(anna, "d")).toBeGreaterThan(0)
  clock.now = unattachedMs
  expect(visitors.session(anna, "d")).toBe(0)
  expect(visitors.session(anna, "e")).toBe(0)
  expect(visitors.session(anna, "f")).toBeGreaterThan(0)
})

test("a socket counts from its opening to its close", () => {
  const { visitors } = createVisitors({ connections: 2, connectRate: 0 })
  const anna = at("203.0.113.5")
  visitors.opened(anna, "a")
  visitors.opened(anna, "b")
  expect(visitors.socket(anna, "c")).toBeGreaterThan(0)
  visitors.closed(anna)
  expect(visitors.socket(anna, "c")).toBe(0)
})

test("an IPv6 address is its /64, and all /64 of a /48 together have sixteen times as much", () => {
  const { visitors } = createVisitors()
  const one = (n: number) => at(`2001:db8:1:${n.toString(16)}::1`)
  expect(countUntilRefused(() => visitors.socket(one(0), "a"))).toBe(50)
  expect(visitors.socket(at("2001:db8:1:0:ffff::9"), "a")).toBeGreaterThan(0)
  let admitted = 50
  for (let n = 1; n < 100; n++) admitted += countUntilRefused(() => visitors.socket(one(n), "a"))
  expect(admitted).toBe(16 * 50)
  expect(visitors.socket(at("2001:db8:2::1"), "a")).toBe(0)
})

test("the refusals of one /64 cost its neighbours nothing", () => {
  const { visitors } = createVisitors()
  for (let i = 0; i < 2000; i++) visitors.socket(at("2001:db8:1::1"), "a")
  expect(countUntilRefused(() => visitors.socket(at("2001:db8:1:1::1"), "a"))).toBe(50)
})

test("the sockets of a /48 are bounded together", () => {
  const { visitors } = createVisitors({ connections: 2, connectRate: 0 })
  for (let i = 0; i < 32; i++) visitors.opened(at(`2001:db8:1:${i.toString(16)}::1`), `user ${i}`)
  expect(visitors.socket(at("2001:db8:1:ffff::1"), "a")).toBeGreaterThan(0)
})

test("the number of remembered addresses is bounded: the one not seen for the longest is forgotten first", () => {
  const { visitors } = createVisitors()
  const addresses = Array.from({ length: maxRemembered }, (_, i) =>
    at(`203.${i >> 16}.${(i >> 8) & 255}.${i & 255}`),
  )
  for (const address of addresses) countUntilRefused(() => visitors.request(address, 100))
  const [first, second] = addresses
  if (first === undefined || second === undefined) throw new Error("no addresses")
  expect(visitors.size).toBe(maxRemembered)
  expect(visitors.request(first, 100)).toBeGreaterThan(0)
  visitors.request(at("198.51.100.1"), 1)
  expect(visitors.size).toBe(maxRemembered)
  expect(visitors.request(first, 100)).toBeGreaterThan(0)
  expect(visitors.request(second, 100)).toBe(0)
})

test("an address with a socket is never forgotten", () => {
  const { visitors } = createVisitors({ connections: 1 })
  const anna = at("203.0.113.5")
  visitors.opened(anna, "a")
  for (let i = 0; i < maxRemembered + 10; i++) {
    const other = at(`198.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
    countUntilRefused(() => visitors.request(other, 100))
  }
  expect(visitors.socket(anna, "b")).toBeGreaterThan(0)
})

test("addresses whose buckets are full again are forgotten as others come", () => {
  const { clock, visitors } = createVisitors()
  for (let i = 0; i < 1000; i++) visitors.request(at(`198.51.${i >> 8}.${i & 255}`), 1)
  expect(visitors.size).toBe(1000)
  clock.now = 60_000
  for (let i = 0; i < 1000; i++) visitors.request(at(`203.0.${i >> 8}.${i & 255}`), 1)
  expect(visitors.size).toBe(1000)
})

test("forgetting checks two addresses at most, however many there are", () => {
  const { visitors } = createVisitors()
  const looks = spyOn(Quota.prototype, "isFresh")
  const many = Array.from({ length: maxRemembered + 100 }, (_, i) =>
    at(`198.${i >> 16}.${(i >> 8) & 255}.${i & 255}`),
  )
  for (const address of many) {
    looks.mockClear()
    visitors.request(address, 1)
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2)
  }
  looks.mockRestore()
})

test("the unread pages of one address are bounded, until one has been read", () => {
  const { visitors } = createVisitors()
  const anna = at("2001:db8:1::1")
  const reads = Array.from({ length: maxUnread }, () => visitors.page(anna))
  expect(reads).not.toContain(undefined)
  expect(visitors.page(anna)).toBeUndefined()
  reads[0]?.()
  // A second call of `read` does not count.
  reads[0]?.()
  expect(visitors.page(anna)).toBeDefined()
  expect(visitors.page(anna)).toBeUndefined()
  expect(visitors.page(at("2001:db8:1:1::1"))).toBeDefined()
})
