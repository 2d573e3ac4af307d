import { describe, expect, test } from "bun:test"
import { bob, idOf, join } from "./joined.ts"
import { StrictServer } from "./strict-server.ts"

const message = { peerId: bob, id: idOf(1) }

test("each command is sent as the protocol's frame", () => {
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
  test("commands that no pong has confirmed are sent again, in order, and confirmed ones are not", () => {
    const world = join()
    world.duet.react(message, "👍")
    world.duet.unsend(message)
    world.socket.receive({ type: "pong" })
    world.duet.rename("Ann")
    world.comeBack()
    expect(world.socket.sent.map(({ type }) => type)).toEqual(["unsend", "ping", "rename", "ping"])
    world.socket.receive({ type: "pong" }, { type: "pong" })
    world.comeBack()
    expect(world.socket.sent).toEqual([])
  })

  test("commands of the meantime are sent, but no typing", () => {
    const world = join()
    world.socket.drop()
    world.duet.block("mallory")
    world.duet.typing(bob)
    world.advance(8000)
    world.socket.establish({ resumed: true })
    expect(world.socket.sent.map(({ type }) => type)).toEqual(["block", "ping"])
  })

  test("a new session is told the desired state, and nothing of messages that it does not know", () => {
    const world = join()
    world.duet.watch(["eve", "bob"])
    world.duet.unwatch(["bob"])
    world.duet.block("mallory")
    world.duet.block("trudy")
    world.duet.unblock("trudy")
    world.duet.away()
    world.duet.unsend(message)
    world.comeBack({ resumed: false })
    expect(world.socket.sent.filter(({ type }) => type !== "ping")).toEqual([
      { type: "block", user_id: "mallory" },
      { type: "watch", user_ids: ["eve"] },
      { type: "status", status: "away" },
    ])
  })
})

test("a command that may have been too fast is sent again after the time that the server names", () => {
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
  expect(world.socket.of("block").map(({ user_id }) => user_id)).toEqual(["mallory", "mallory"])
  world.socket.receive({ type: "pong" })
  expect(world.socket.of("block").map(({ user_id }) => user_id)).toEqual(["mallory", "mallory", "trudy"])
  expect(errors).toEqual([])
})

test("150 blocks after a restart are all set, and those that were too fast are sent again about once (C36)", () => {
  const world = join()
  const errors = world.heard("error")
  const wanted = Array.from({ length: 150 }, (_, i) => `person ${i}`)
  for (const id of wanted) world.duet.block(id)
  world.comeBack({ resumed: false, epoch: "e2" })
  const server = new StrictServer(world, { rate: 10, burst: 100 })
  server.serve(60_000)
  expect(server.taken.map(({ user_id }) => user_id).toSorted()).toEqual(wanted.toSorted())
  expect(world.socket.of("block").length).toBeLessThanOrEqual(150 + 32 + 60)
  expect(errors).toEqual([])
  expect(world.timers).toBe(1)
})

test("commands behind one that was too fast keep their order, so that the last one holds (C36)", () => {
  const world = join()
  world.duet.block("mallory")
  world.duet.unblock("mallory")
  const tooFast = { type: "error", code: "rate_limited", message: "…", retry_after_ms: 50 }
  world.socket.receive(tooFast, { type: "pong" }, { type: "pong" })
  world.advance(50)
  world.socket.receive({ type: "pong" })
  const asked = world.socket.sent.filter(({ type }) => type !== "ping").map(({ type }) => type)
  expect(asked).toEqual(["block", "unblock", "block", "unblock"])
})

test("a reaction that was too fast is sent again, and typing is not (C36)", () => {
  const world = join()
  const errors = world.heard("error")
  world.duet.react(message, "👍")
  const tooFast = { type: "error", code: "rate_limited", message: "…", retry_after_ms: 50 }
  world.socket.receive(
    { ...tooFast, receiver_id: bob },
    { ...tooFast, message_id: idOf(1) },
    { type: "pong" },
  )
  world.advance(50)
  world.socket.receive({ type: "pong" })
  world.advance(1000)
  expect(world.socket.of("react")).toHaveLength(2)
  world.duet.typing(bob)
  world.socket.receive({ ...tooFast, receiver_id: bob })
  world.advance(1000)
  expect(world.socket.of("typing")).toHaveLength(1)
  expect(errors).toEqual([])
})

test("a new name that is refused is reported, and not sent again (C36)", () => {
  const world = join()
  const errors = world.heard("error")
  world.duet.rename("admin")
  world.socket.receive({ type: "error", code: "bad_frame", message: "`name` is wrong" }, { type: "pong" })
  world.comeBack()
  world.comeBack({ resumed: false, epoch: "e2" })
  expect(world.socket.of("rename")).toEqual([])
  expect(errors).toMatchObject([{ code: "bad_frame" }])
})

test("a command that is refused for good is reported", () => {
  const world = join()
  const errors = world.heard("error")
  world.duet.unsend(message)
  world.socket.receive({ type: "error", code: "bad_frame", message: "held no more", message_id: idOf(1) })
  expect(errors).toMatchObject([{ code: "bad_frame", message: "held no more", messageId: idOf(1) }])
})

test("messages read together are told by the newest, and none twice", () => {
  const world = join()
  for (const seq of [1, 3, 2]) world.duet.seen({ peerId: bob, id: idOf(seq) })
  world.advance(1000)
  world.duet.seen({ peerId: bob, id: idOf(2) })
  expect(world.socket.of("seen").map(({ message_id }) => message_id)).toEqual([idOf(1), idOf(3)])
})
