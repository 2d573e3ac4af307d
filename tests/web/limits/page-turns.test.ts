import { expect, test } from "bun:test"
import { maxWaiting, PageTurns } from "../../../src/web/limits/page-turns.ts"

/** Other work of the event loop between two turns. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

test("one page is made per turn of the event loop, in the order of the requests", async () => {
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

test("the number of waiting pages is bounded", async () => {
  const turns = new PageTurns()
  const waiting = Array.from({ length: maxWaiting }, () => {
    expect(turns.isFull).toBe(false)
    return turns.next()
  })
  expect(turns.isFull).toBe(true)
  await Promise.all(waiting)
  expect(turns.isFull).toBe(false)
})
