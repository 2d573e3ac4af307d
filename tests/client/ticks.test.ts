import { expect, test } from "bun:test"
import { bob, idOf, join, messageFrame } from "./joined.ts"

const status = (seq: number, status: string, reason?: string) => ({
  type: "message_status",
  peer_id: bob,
  message_id: idOf(seq),
  status,
  reason,
})

function joinAndSay(count: number) {
  const world = join()
  const ticks = world.heard("tick")
  for (let seq = 1; seq <= count; seq++) world.socket.receive(messageFrame(seq, "hello", `c${seq}`))
  return Object.assign(world, {
    /** The ticks since the last call, in short. */
    news: () =>
      ticks.splice(0).map((tick) => [tick.messageId, tick.status, tick.reason].filter(Boolean).join(" ")),
  })
}

test("each message gets its ticks sent, delivered and seen once, though a frame speaks of all up to one", () => {
  const { socket, news } = joinAndSay(3)
  expect(news()).toEqual(["id-0001 sent", "id-0002 sent", "id-0003 sent"])
  socket.receive(status(2, "delivered"), status(2, "delivered"))
  expect(news()).toEqual(["id-0001 delivered", "id-0002 delivered"])
  socket.receive(status(3, "seen"), status(3, "delivered"), status(3, "seen"))
  expect(news()).toEqual(["id-0001 seen", "id-0002 seen", "id-0003 seen"])
})

test("an undelivered message has its reason, and a later delivered one does not change it", () => {
  const { socket, news } = joinAndSay(2)
  news()
  socket.receive(status(1, "undelivered", "overflow"), status(2, "delivered"))
  expect(news()).toEqual(["id-0001 undelivered overflow", "id-0002 delivered"])
})

test("a message whose echo fell into a gap is followed once its repeat is answered, in its place among the others", () => {
  const world = joinAndSay(1)
  void world.duet.say(bob, "two")
  world.comeBack({ resumed: true, seq: 5 })
  world.socket.receive({ type: "resync", from: 4 }, messageFrame(4, "four"), messageFrame(5, "five", "c5"))
  world.news()
  const clientId = world.socket.of("chat_message")[0]?.client_id
  world.socket.receive(messageFrame(2, "two", clientId), status(2, "delivered"))
  expect(world.news()).toEqual(["id-0002 sent", "id-0001 delivered", "id-0002 delivered"])
  world.socket.receive(status(5, "delivered"))
  expect(world.news()).toEqual(["id-0005 delivered"])
})

test("one peer's progress is not another's", () => {
  const { socket, news } = joinAndSay(1)
  news()
  socket.receive({ ...status(1, "delivered"), peer_id: "eve" })
  expect(news()).toEqual([])
})

test("when a session was lost, unconfirmed messages become undelivered and delivered ones stay", () => {
  const world = joinAndSay(3)
  world.socket.receive(status(1, "delivered"))
  world.news()
  world.comeBack({ resumed: true, seq: 3 })
  expect(world.news()).toEqual([])
  world.comeBack({ resumed: false })
  expect(world.news()).toEqual(["id-0002 undelivered lost", "id-0003 undelivered lost"])
  world.comeBack({ resumed: false })
  expect(world.news()).toEqual([])
})
