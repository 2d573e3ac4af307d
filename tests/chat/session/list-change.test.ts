import { expect, test } from "bun:test"
import fc from "fast-check"
import type { Talk } from "../../../src/chat/session/delivery/conversation.ts"
import { type ListChange, listChange } from "../../../src/chat/session/list-change.ts"

test("applying a change of a list of conversations gives the new list (C25)", () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 15 })
  fc.assert(
    fc.property(ids, ids, fc.array(fc.nat(3), { minLength: 21, maxLength: 21 }), (before, after, unread) => {
      const [old, now] = [before.map((n) => talk(n, 0)), after.map((n) => talk(n, unread[n] ?? 0))]
      const change = listChange(old, now)
      expect(change === undefined ? old : applied(old, change)).toEqual(now)
    }),
    { numRuns: 2000 },
  )
})

test("of a list of conversations the one row that rose, fell, came or reads otherwise is sent (C25)", () => {
  const list = [1, 2, 3, 4, 5].map((n) => talk(n, 0))
  const order = (...ids: number[]) => ids.map((n) => talk(n, 0))
  expect(listChange(list, list)).toBeUndefined()
  expect(listChange(list, order(4, 1, 2, 3, 5))).toEqual({
    gone: [],
    rows: [{ talk: talk(4, 0), above: undefined }],
  })
  expect(listChange(list, [talk(2, 1), ...order(1, 3, 4, 5)])).toEqual({
    gone: [],
    rows: [{ talk: talk(2, 1), above: undefined }],
  })
  expect(listChange(list, order(1, 3, 4, 2, 5))).toEqual({
    gone: [],
    rows: [{ talk: talk(2, 0), above: "4" }],
  })
  expect(listChange(list, order(6, 1, 2, 3, 4))).toEqual({
    gone: ["5"],
    rows: [{ talk: talk(6, 0), above: undefined }],
  })
  expect(listChange(list, [talk(1, 0), talk(2, 7), ...order(3, 4, 5)])).toEqual({
    gone: [],
    rows: [{ talk: talk(2, 7), above: "1" }],
  })
})

function talk(n: number, unread: number): Talk {
  const peer = { id: String(n), name: `peer ${n}`, online: true, away: false, gone: false }
  return { peer, last: undefined, unread }
}

/** As a page does it. */
function applied(list: readonly Talk[], { gone, rows }: ListChange): Talk[] {
  let now = list.filter(({ peer }) => !gone.includes(peer.id))
  for (const { talk, above } of rows) {
    now = now.filter(({ peer }) => peer.id !== talk.peer.id)
    now.splice(now.findIndex(({ peer }) => peer.id === above) + 1, 0, talk)
  }
  return now
}
