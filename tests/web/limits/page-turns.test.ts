import { expect, test } from "bun:test"
import { PageTurns, waitingAtMost } from "../../../src/web/limits/page-turns.ts"

/** What the loop does otherwise, between one turn and the next. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

test("pages are made one a turn of the loop, in the order in which they were asked for", async () => {
  const turns = new PageTurns()
  const made: number[] = []
  const all = [1, 2, 3, 4].map(async (page) => {
    await turns.next()
    made.push(page)
  })
  let most = 0
  while (made.length < 4) {
    const before = made.length
    await nextTurn()
    most = Math.max(most, made.length - before)
  }
  await Promise.all(all)
  expect(made).toEqual([1, 2, 3, 4])
  expect(most).toBe(1)
})

test("so many pages wait and no more", async () => {
  const turns = new PageTurns()
  const waiting = Array.from({ length: waitingAtMost }, () => {
    expect(turns.isFull).toBe(false)
    return turns.next()
  })
  expect(turns.isFull).toBe(true)
  await Promise.all(waiting)
  expect(turns.isFull).toBe(false)
})
