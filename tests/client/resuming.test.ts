import { expect, test } from "bun:test"
import { Acks } from "../../client/acks.ts"
import { bob, idOf, join, messageFrame } from "./joined.ts"

test("a message that is replayed is shown once", () => {
  const world = join()
  const messages = world.heard("message")
  world.socket.receive(messageFrame(1, "one"), messageFrame(2, "two"))
  world.comeBack({ seq: 3 })
  world.socket.receive(messageFrame(2, "two"), messageFrame(3, "three"))
  expect(messages.map(({ content }) => content)).toEqual(["one", "two", "three"])
  expect(world.duet.seq).toBe(3)
})

test("a new session counts from the beginning, and its messages are shown", () => {
  const world = join()
  const messages = world.heard("message")
  world.socket.receive(messageFrame(1, "one"), messageFrame(2, "two"))
  world.comeBack({ resumed: false, seq: 1, epoch: "e2" })
  world.socket.receive(messageFrame(1, "anew"))
  expect(messages.map(({ content }) => content)).toEqual(["one", "two", "anew"])
  expect(world.duet).toMatchObject({ seq: 1, epoch: "e2" })
  world.comeBack({ epoch: "e2", seq: 1 })
  expect(world.socket.url).toEndWith("?after=1&epoch=e2")
})

test("resync is passed on, and what follows it is shown", () => {
  const world = join()
  const resyncs = world.heard("resync")
  const messages = world.heard("message")
  world.socket.receive(messageFrame(1, "one"))
  world.comeBack({ seq: 9 })
  world.socket.receive({ type: "resync", from: 8 }, messageFrame(8, "eight"), messageFrame(9, "nine"))
  expect(resyncs).toEqual([{ from: 8 }])
  expect(messages.map(({ seq }) => seq)).toEqual([1, 8, 9])
})

test("messages that come together are acknowledged by the highest number, and the first one at once", () => {
  const world = join()
  const acked = () => world.socket.of("ack").map(({ seq }) => seq)
  world.socket.receive(messageFrame(1, "a"), messageFrame(2, "b"), messageFrame(3, "c"))
  expect(acked()).toEqual([1])
  world.advance(50)
  expect(acked()).toEqual([1, 3])
  world.advance(1000)
  world.socket.receive(messageFrame(4, "d"))
  expect(acked()).toEqual([1, 3, 4])
})

test("messages are acknowledged in time though a hidden tab's timers are slow", () => {
  const acked: number[] = []
  let now = 0
  const clock = { now: () => now, after: () => () => {} }
  const acks = new Acks({ clock, send: (seq) => void acked.push(seq) })
  acks.opened(0)
  for (const [at, seq] of [
    [0, 1],
    [49, 2],
    [50, 3],
  ] as const) {
    now = at
    acks.has(seq)
  }
  expect(acked).toEqual([1, 3])
})

test("an echo needs no acknowledgement", () => {
  const world = join()
  world.socket.receive(messageFrame(1, "mine", "some-id"))
  world.advance(50)
  expect(world.socket.of("ack")).toEqual([])
})

test("a client acknowledges again after its socket was lost", () => {
  const world = join()
  world.socket.receive(messageFrame(1, "a"), messageFrame(2, "b"))
  world.comeBack({ seq: 2 })
  expect(world.socket.of("ack").map(({ seq }) => seq)).toEqual([2])
})

test("a frame that is not Duet's is ignored", () => {
  const world = join()
  for (const raw of ["", "null", "[]", "{", '"text"', '{"type":"of tomorrow"}']) world.socket.receiveRaw(raw)
  expect(world.duet.state).toBe("open")
})

test("a message that the same user sent from another client is the user's own", () => {
  const world = join()
  const messages = world.heard("message")
  world.socket.receive(messageFrame(1, "from the other tab", "its-id"))
  expect(messages).toMatchObject([{ mine: true, peerId: bob, id: idOf(1) }])
})
