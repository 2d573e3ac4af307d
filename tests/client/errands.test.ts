import { describe, expect, test } from "bun:test"
import { bob, idOf, join } from "./joined.ts"

const message = { peerId: bob, id: idOf(1) }

test("what is asked beside messages goes out as the wire has it", () => {
  const { duet, socket } = join()
  duet.react(message, "👍")
  duet.unsend(message)
  duet.rename("Ann")
  duet.watch(["eve"])
  duet.unwatch(["eve"])
  duet.block("mallory")
  duet.unblock("mallory")
  duet.away()
  duet.away(false)
  duet.seen(message)
  expect(socket.sent.filter(({ type }) => type !== "ping")).toEqual([
    { type: "react", peer_id: bob, message_id: idOf(1), emoji: "👍" },
    { type: "unsend", peer_id: bob, message_id: idOf(1) },
    { type: "rename", name: "Ann" },
    { type: "watch", user_ids: ["eve"] },
    { type: "unwatch", user_ids: ["eve"] },
    { type: "block", user_id: "mallory" },
    { type: "unblock", user_id: "mallory" },
    { type: "status", status: "away" },
    { type: "status", status: "online" },
    { type: "seen", peer_id: bob, message_id: idOf(1) },
  ])
})

describe("after a loss", () => {
  test("what no pong has proven goes again, in order, and what one has does not", () => {
    const world = join()
    world.duet.react(message, "👍")
    world.duet.unsend(message)
    world.socket.receive({ type: "pong" })
    world.duet.rename("Ann")
    world.comeBack()
    expect(world.socket.sent.map(({ type }) => type)).toEqual(["unsend", "rename", "ping"])
    world.socket.receive({ type: "pong" })
    world.comeBack()
    expect(world.socket.sent).toEqual([])
  })

  test("what was asked in the meantime goes, but no sign of typing", () => {
    const world = join()
    world.socket.drop()
    world.duet.block("mallory")
    world.duet.typing(bob)
    world.advance(8000)
    world.socket.establish({ resumed: true })
    expect(world.socket.sent.map(({ type }) => type)).toEqual(["block", "ping"])
  })

  test("a new session is told what holds for good, and nothing of messages that it does not know", () => {
    const world = join()
    world.duet.watch(["eve", "bob"])
    world.duet.unwatch(["bob"])
    world.duet.block("mallory")
    world.duet.block("trudy")
    world.duet.unblock("trudy")
    world.duet.away()
    world.duet.unsend(message)
    world.comeBack({ resumed: false })
    expect(world.socket.sent).toEqual([
      { type: "block", user_id: "mallory" },
      { type: "watch", user_ids: ["eve"] },
      { type: "status", status: "away" },
      { type: "ping" },
    ])
  })
})

test("what may have been too fast is asked again after the time that the server names", () => {
  const world = join()
  const errors = world.heard("error")
  world.duet.block("mallory")
  world.socket.receive(
    { type: "error", code: "rate_limited", message: "…", retry_after_ms: 300 },
    { type: "pong" },
  )
  world.duet.block("trudy")
  world.advance(299)
  expect(world.socket.of("block")).toHaveLength(1)
  world.advance(1)
  expect(world.socket.of("block").map(({ user_id }) => user_id)).toEqual(["mallory", "mallory", "trudy"])
  expect(errors).toEqual([])
})

test("what is refused for good is told", () => {
  const world = join()
  const errors = world.heard("error")
  world.duet.unsend(message)
  world.socket.receive({ type: "error", code: "bad_frame", message: "held no more", message_id: idOf(1) })
  expect(errors).toMatchObject([{ code: "bad_frame", message: "held no more", messageId: idOf(1) }])
})

test("much that is read together is told by its newest, and nothing twice", () => {
  const world = join()
  for (const seq of [1, 3, 2]) world.duet.seen({ peerId: bob, id: idOf(seq) })
  world.advance(1000)
  world.duet.seen({ peerId: bob, id: idOf(2) })
  expect(world.socket.of("seen").map(({ message_id }) => message_id)).toEqual([idOf(1), idOf(3)])
})
