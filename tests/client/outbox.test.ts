import { describe, expect, test } from "bun:test"
import { bob, join, messageFrame } from "./joined.ts"

const contents = (frames: readonly { readonly [field: string]: unknown }[]) =>
  frames.map(({ content }) => content)

test("one message at a time is in flight; the next is sent on the echo of the one before", async () => {
  const { duet, socket } = join()
  const first = duet.say(bob, "one")
  void duet.say(bob, "two")
  expect(contents(socket.of("chat_message"))).toEqual(["one"])
  expect(duet.unsent).toBe(2)
  socket.receive(messageFrame(1, "one", socket.of("chat_message")[0]?.client_id))
  expect(await first).toMatchObject({ seq: 1, content: "one", peerId: bob, mine: true })
  expect(contents(socket.of("chat_message"))).toEqual(["one", "two"])
})

test("each message has a client_id of its own, and a repeat keeps it", () => {
  const world = join()
  void world.duet.say(bob, "one")
  void world.duet.say(bob, "two")
  const before = world.socket.of("chat_message")[0]
  world.comeBack()
  const [again] = world.socket.of("chat_message")
  expect(again).toEqual(before as NonNullable<typeof before>)
  world.socket.receive(messageFrame(1, "one", again?.client_id))
  expect(world.socket.of("chat_message")[1]?.client_id).not.toBe(again?.client_id)
})

test("messages said while the connection is lost are sent once it is back, in order", async () => {
  const world = join()
  world.socket.drop()
  const said = [world.duet.say(bob, "one"), world.duet.say(bob, "two")]
  world.advance(8000)
  expect(world.socket.of("chat_message")).toEqual([])
  world.socket.establish({ resumed: true })
  for (const seq of [1, 2]) {
    const frame = world.socket.of("chat_message")[seq - 1]
    world.socket.receive(messageFrame(seq, String(frame?.content), frame?.client_id))
  }
  expect((await Promise.all(said)).map(({ content }) => content)).toEqual(["one", "two"])
})

test("an echo in the replay settles its message, which is not sent again", async () => {
  const world = join()
  const said = world.duet.say(bob, "one")
  const clientId = world.socket.of("chat_message")[0]?.client_id
  world.socket.drop()
  world.advance(8000)
  world.socket.establish({ resumed: true, seq: 1 })
  expect(world.socket.of("chat_message")).toEqual([])
  world.socket.receive(messageFrame(1, "one", clientId))
  expect((await said).seq).toBe(1)
  expect(world.socket.of("chat_message")).toEqual([])
})

test("nothing is sent before the replay is over, even if its newest message is gone", () => {
  const world = join()
  world.socket.drop()
  void world.duet.say(bob, "one")
  world.advance(8000)
  world.socket.establish({ resumed: true, seq: 3 })
  world.socket.receive({ type: "resync", from: 1 }, messageFrame(1, "a"), messageFrame(2, "b"))
  expect(world.socket.of("chat_message")).toEqual([])
  world.socket.receive({ type: "presence", user_id: bob, name: "bob", is_online: true, status: "online" })
  expect(contents(world.socket.of("chat_message"))).toEqual(["one"])
})

test("the echo of a repeat that overtakes other messages settles the repeat, and no message is lost", async () => {
  const world = join()
  const messages = world.heard("message")
  world.socket.receive(messageFrame(1, "one"))
  const said = world.duet.say(bob, "four")
  world.comeBack()
  const clientId = world.socket.of("chat_message")[0]?.client_id
  world.socket.receive(messageFrame(4, "four", clientId))
  expect((await said).seq).toBe(4)
  world.socket.receive(messageFrame(2, "two"), messageFrame(3, "three"), messageFrame(4, "four", clientId))
  expect(messages.map(({ content }) => content)).toEqual(["one", "two", "three", "four"])
})

test("a repeat that a new session accepts is shown, whatever number it gets there", async () => {
  const world = join()
  const messages = world.heard("message")
  world.comeBack({ resumed: false })
  void world.duet.say(bob, "one")
  world.comeBack()
  const clientId = world.socket.of("chat_message")[0]?.client_id
  world.socket.receive(messageFrame(8, "one", clientId))
  expect(messages.map(({ content }) => content)).toEqual(["one"])
})

test("rate_limited holds back all messages for the time that it names", async () => {
  const world = join()
  void world.duet.say(bob, "one")
  void world.duet.say(bob, "two")
  const client_id = world.socket.of("chat_message")[0]?.client_id
  world.socket.receive({ type: "error", code: "rate_limited", message: "…", client_id, retry_after_ms: 700 })
  world.advance(699)
  expect(world.socket.of("chat_message")).toHaveLength(1)
  world.advance(1)
  expect(contents(world.socket.of("chat_message"))).toEqual(["one", "one"])
  expect(world.socket.of("chat_message")[1]?.client_id).toBe(client_id)
})

test("a message refused as overloaded is sent again, at longer and longer intervals", () => {
  const world = join()
  void world.duet.say(bob, "one")
  const client_id = world.socket.of("chat_message")[0]?.client_id
  const overloaded = { type: "error", code: "overloaded", message: "…", client_id }
  for (const [attempt, pause] of [250, 500, 1000, 2000, 4000, 8000, 8000].entries()) {
    world.socket.receive(overloaded)
    world.advance(pause - 1)
    expect(world.socket.of("chat_message")).toHaveLength(attempt + 1)
    world.advance(1)
    expect(world.socket.of("chat_message")).toHaveLength(attempt + 2)
    world.socket.receive({ type: "pong" })
  }
})

test("after a restart a receiver who is not back yet is waited for, and no longer than ten seconds", async () => {
  const world = join()
  world.comeBack({ resumed: false, epoch: "e2" })
  const said = world.duet.say(bob, "one")
  const client_id = world.socket.of("chat_message")[0]?.client_id
  const offline = { type: "error", code: "receiver_offline", message: "gone", client_id, receiver_id: bob }
  for (const attempt of [1, 2]) {
    world.socket.receive(offline)
    expect(world.socket.of("chat_message")).toHaveLength(attempt)
    world.advance(1000)
    expect(world.socket.of("chat_message")).toHaveLength(attempt + 1)
  }
  world.advance(8000)
  world.socket.receive(offline)
  await expect(said).rejects.toMatchObject({ code: "receiver_offline" })
})

describe("a message is refused for good", () => {
  test("by the server, with its code and its words; the next one is sent", async () => {
    const { duet, socket } = join()
    const said = duet.say(bob, "one")
    void duet.say(bob, "two")
    const client_id = socket.of("chat_message")[0]?.client_id
    socket.receive({ type: "error", code: "receiver_offline", message: "gone", client_id, receiver_id: bob })
    await expect(said).rejects.toMatchObject({ code: "receiver_offline", message: "gone", receiverId: bob })
    expect(contents(socket.of("chat_message"))).toEqual(["one", "two"])
  })

  test("by the client, when it is more than the server takes in one frame", async () => {
    const { duet, socket } = join({ established: false })
    socket.establish({ frameBytes: 1000 })
    await expect(duet.say(bob, "ü".repeat(500))).rejects.toMatchObject({ code: "too_long" })
    expect(socket.of("chat_message")).toEqual([])
    void duet.say(bob, "ü".repeat(100))
    expect(socket.of("chat_message")).toHaveLength(1)
  })

  test("by a close over the size of its frame, so that it is not sent for ever", async () => {
    const world = join()
    const said = world.duet.say(bob, "one")
    world.socket.drop(1009)
    await expect(said).rejects.toMatchObject({ code: "too_long" })
    world.advance(8000)
    world.socket.establish({ resumed: true })
    expect(world.socket.of("chat_message")).toEqual([])
  })

  test("when too many wait already", async () => {
    const { duet } = join({ outboxLimit: 2 })
    void duet.say(bob, "one")
    void duet.say(bob, "two")
    await expect(duet.say(bob, "three")).rejects.toMatchObject({ code: "outbox_full" })
    expect(duet.unsent).toBe(2)
  })

  test("as lost, when it was in flight to a session that has ended; the one behind it is sent (C5)", async () => {
    const world = join()
    const said = world.duet.say(bob, "one")
    void world.duet.say(bob, "two")
    world.comeBack({ resumed: false })
    await expect(said).rejects.toMatchObject({ code: "lost" })
    expect(contents(world.socket.of("chat_message"))).toEqual(["two"])
  })

  test("when the client is closed, and at once from then on", async () => {
    const { duet } = join()
    const said = duet.say(bob, "one")
    duet.close()
    await expect(said).rejects.toMatchObject({ code: "closed" })
    await expect(duet.say(bob, "two")).rejects.toMatchObject({ code: "closed" })
  })
})
