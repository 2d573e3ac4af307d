import { expect, test } from "bun:test"
import { HandClock } from "../../../src/actor/testing.ts"
import { Intake } from "../../../src/web/sockets/intake.ts"

/** A socket that only remembers whether it is read. */
class Tap {
  isOpen = true
  pause(): void {
    this.isOpen = false
  }
  resume(): void {
    this.isOpen = true
  }
}

function start(isBehind = () => false) {
  const [tap, clock] = [new Tap(), new HandClock(0)]
  const intake: Intake = new Intake(tap, clock, isBehind, () => intake.resume())
  const advance = (ms: number) => {
    const end = clock.now() + ms
    while (clock.ringNext(end));
  }
  /** Answers whether it is still listened to. */
  const owe = (ms: number) => intake.owe(ms, clock.now())
  return { tap, clock, intake, advance, owe }
}

function welcomed(isBehind?: () => boolean) {
  const stage = start(isBehind)
  stage.intake.welcome()
  return stage
}

test("a socket is not read before its welcome, nor after it while something is owed", () => {
  const { tap, intake, advance, owe } = start()
  expect(tap.isOpen).toBe(false)
  owe(1000)
  intake.welcome()
  expect(tap.isOpen).toBe(false)
  advance(1000)
  expect(tap.isOpen).toBe(true)
})

test("what is paid off before the welcome opens nothing", () => {
  const { tap, intake, advance, owe } = start()
  owe(1000)
  advance(1000)
  expect(tap.isOpen).toBe(false)
  intake.welcome()
  expect(tap.isOpen).toBe(true)
})

test("it is paused until nothing is owed, also when more came meanwhile", () => {
  const { tap, advance, owe } = welcomed()
  owe(1000)
  advance(500)
  owe(2000)
  advance(1999)
  expect(tap.isOpen).toBe(false)
  advance(1)
  expect(tap.isOpen).toBe(true)
})

test("what was read ahead is handled before more is read", () => {
  let isBehind = true
  const { tap, advance, owe } = welcomed(() => isBehind)
  owe(1000)
  advance(3000)
  expect(tap.isOpen).toBe(false)
  isBehind = false
  advance(100)
  expect(tap.isOpen).toBe(true)
})

test("one that is over its rate again and again for a minute is listened to no more", () => {
  const { clock, advance, owe } = welcomed()
  while (owe(9000)) advance(10_000)
  expect(clock.now()).toBe(60_000)
})

test("the minute ends on time, however long a pause still had to go", () => {
  const { tap, clock, advance, owe } = welcomed()
  owe(30_000)
  advance(31_000)
  expect(owe(30_000)).toBe(true)
  advance(60_000 - clock.now() - 1)
  expect(tap.isOpen).toBe(false)
  advance(1)
  expect(tap.isOpen).toBe(true)
  expect(owe(30_000)).toBe(false)
})

test("a burst, however large, and then silence is forgiven", () => {
  const { tap, advance, owe } = welcomed()
  owe(30_000)
  advance(30_000)
  expect(tap.isOpen).toBe(true)
  advance(40_000)
  expect(owe(100)).toBe(true)
})

test("bursts with calm between them never close a socket", () => {
  const { advance, owe } = welcomed()
  for (let i = 0; i < 100; i++) {
    expect(owe(8000)).toBe(true)
    advance(13_000)
  }
})

test("a socket that closed is not read again", () => {
  const { tap, intake, advance, owe } = welcomed()
  owe(1000)
  intake.close()
  advance(5000)
  expect(tap.isOpen).toBe(false)
})
