import { describe, expect, test } from "bun:test"
import { pauseMs } from "../../client/backoff.ts"
import { connect } from "../../client/index.ts"
import { idOf, join, messageFrame } from "./joined.ts"

const key = "A".repeat(43)

describe("the pause before the next attempt", () => {
  test("doubles from half a second to eight seconds, and half of it is jitter", () => {
    const pauses = [0, 1, 2, 3, 4, 5, 20].map((failures) => [
      pauseMs(failures, 1006, 0),
      pauseMs(failures, 1006, 1),
    ])
    expect(pauses).toEqual([
      [250, 500],
      [500, 1000],
      [1000, 2000],
      [2000, 4000],
      [4000, 8000],
      [4000, 8000],
      [4000, 8000],
    ])
  })

  test("is half a second at most when the server restarts, and the longest when it is overloaded", () => {
    expect([pauseMs(0, 1012, 0), pauseMs(0, 1012, 1)]).toEqual([0, 500])
    expect([pauseMs(0, 1013, 0), pauseMs(0, 1013, 1)]).toEqual([4000, 8000])
  })

  test("starts over after a connection was open, but not when the session failed (1011)", () => {
    const world = join()
    const losses = world.heard("lost")
    world.comeBack()
    world.comeBack()
    world.socket.drop(1011)
    world.advance(8000)
    world.socket.establish()
    world.socket.drop(1011)
    expect(losses.map(({ retryInMs }) => retryInMs)).toEqual([375, 375, 750, 1500])
  })
})

test("a client offers its key, makes one if it has none, and resumes after its newest message", () => {
  const world = join()
  expect(world.socket.url).toBe("ws://chat.example/ws/anna")
  expect(world.socket.protocols).toEqual(["duet.v1", `duet.key.${world.duet.key}`])
  expect(world.duet.key).toMatch(/^[\w-]{43}$/)
  world.socket.receive(messageFrame(7, "hello"))
  world.socket.drop()
  world.advance(8000)
  expect(world.socket.url).toBe("ws://chat.example/ws/anna?after=7&epoch=e1")
  expect(world.socket.protocols).toEqual(["duet.v1", `duet.key.${world.duet.key}`])
})

test("the URL keeps the server's path and takes any name", () => {
  const url = (base: string, name: string, cursor?: { after: number; epoch: string }) =>
    join({ url: base, name, key, ...cursor, established: false }).socket.url
  expect(url("https://chat.example/duet/", "a/b ü")).toBe("wss://chat.example/duet/ws/a%2Fb%20%C3%BC")
  expect(url("ws://localhost:3000", "")).toBe("ws://localhost:3000/ws")
  expect(url("ws://localhost:3000", "..", { after: 4, epoch: "e" })).toBe(
    "ws://localhost:3000/ws?after=4&epoch=e",
  )
})

test("a client reconnects with its new name after a rename", () => {
  const world = join()
  world.socket.receive({
    type: "presence",
    user_id: "anna-id",
    name: "Ann",
    is_online: true,
    status: "online",
  })
  expect(world.duet.name).toBe("Ann")
  world.socket.drop()
  world.advance(8000)
  expect(world.socket.url).toBe("ws://chat.example/ws/Ann?after=0&epoch=e1")
})

test("a client reconnects at once when the network is back", () => {
  const world = join()
  world.socket.drop()
  world.networkCame()
  expect(world.sockets).toHaveLength(2)
  world.advance(8000)
  expect(world.sockets).toHaveLength(2)
})

test("a client gives up a handshake that the server does not answer", () => {
  const world = join({ established: false })
  const losses = world.heard("lost")
  world.advance(9999)
  expect(losses).toEqual([])
  world.advance(1)
  expect(losses).toMatchObject([{ code: 1006, reason: "no answer" }])
  expect(world.socket.closed).toBe(true)
})

describe("a silent connection", () => {
  test("is pinged, and stays open after a pong", () => {
    const world = join()
    world.advance(24_999)
    expect(world.socket.of("ping")).toHaveLength(0)
    world.advance(1)
    expect(world.socket.of("ping")).toHaveLength(1)
    world.socket.receive({ type: "pong" })
    world.advance(25_000)
    expect(world.socket.of("ping")).toHaveLength(2)
    expect(world.duet.state).toBe("open")
  })

  test("is dropped after a second heartbeat, and later frames of its socket are ignored", () => {
    const world = join()
    const losses = world.heard("lost")
    const messages = world.heard("message")
    const dead = world.socket
    world.advance(50_000)
    expect(losses).toMatchObject([{ code: 1006, reason: "no heartbeat" }])
    expect(dead.closed).toBe(true)
    dead.receive(messageFrame(1, "late"))
    dead.drop()
    expect(messages).toEqual([])
    expect(losses).toHaveLength(1)
  })

  test("is pinged at once when the network comes back", () => {
    const world = join()
    world.advance(10_000)
    world.networkCame()
    expect(world.socket.of("ping")).toHaveLength(1)
    world.advance(25_000)
    expect(world.duet.state).toBe("waiting")
  })

  test("is left alone when the server has no heartbeat", () => {
    const world = join({ established: false })
    world.socket.establish({ heartbeat: 0 })
    world.advance(10_000_000)
    expect(world.socket.sent).toEqual([])
    expect(world.duet.state).toBe("open")
  })
})

describe("a client ends", () => {
  for (const [code, reason] of [
    [4409, "replaced"],
    [4410, "left"],
    [4429, "bad_frames"],
  ] as const) {
    test(`with ${reason} when the server closes with ${code}`, async () => {
      const world = join()
      const ends = world.heard("closed")
      const said = world.duet.say("bob-id", "hello")
      world.socket.drop(code)
      expect(ends).toMatchObject([{ code: reason }])
      await expect(said).rejects.toMatchObject({ code: reason })
      expect(world.duet.state).toBe("closed")
      expect(world.timers).toBe(0)
    })
  }

  test("when its name is refused, with the server's reason", async () => {
    const world = join({ established: false, url: "https://chat.example/duet" })
    world.answers.set("/duet/ws/anna", {
      status: 400,
      body: { error: { code: "bad_name", message: "too odd" } },
    })
    world.socket.drop()
    await expect(world.duet.ready).rejects.toMatchObject({ code: "bad_name", message: "too odd" })
    await world.duet.ready.catch(() => {})
    expect(world.asked).toEqual(["https://chat.example/duet/ws/anna"])
    expect(world.timers).toBe(0)
  })

  test("when its name is refused as it comes back, after the rules changed: it does not try for ever (C36)", async () => {
    const world = join()
    const ends = world.heard("closed")
    world.answers.set("/ws/anna", { status: 400, body: { error: { code: "bad_name", message: "reserved" } } })
    world.socket.drop()
    expect(world.asked).toEqual([])
    world.advance(8000)
    world.socket.drop()
    await Bun.sleep(0)
    expect(ends).toMatchObject([{ code: "bad_name", message: "reserved" }])
    expect(world.timers).toBe(0)
    expect(world.sockets).toHaveLength(2)
  })

  test("when it is closed: it acknowledges what came, and leaves no timer behind", () => {
    const world = join()
    world.socket.receive(messageFrame(1, "a"), messageFrame(2, "b"))
    world.duet.seen({ peerId: "bob-id", id: idOf(1) })
    world.duet.seen({ peerId: "bob-id", id: idOf(2) })
    world.duet.typing("bob-id")
    world.duet.close()
    expect(world.socket.of("ack").map(({ seq }) => seq)).toEqual([1, 2])
    expect(world.socket.of("seen").map(({ message_id }) => message_id)).toEqual([idOf(1), idOf(2)])
    expect(world.socket.closed).toBe(true)
    expect(world.timers).toBe(0)
  })

  test("by leaving: once it could tell the server, and the server has closed", async () => {
    const world = join()
    world.socket.drop()
    const left = world.duet.leave()
    world.advance(8000)
    world.socket.establish({ resumed: true })
    expect(world.socket.of("leave")).toHaveLength(1)
    world.socket.drop(4410)
    await left
    expect(world.duet.state).toBe("closed")
  })
})

test("a malformed key, name or cursor is refused before a socket is opened", () => {
  const options = { ...join().options, url: "http://chat.example" }
  for (const bad of ["short", `${"A".repeat(42)}B`, `${"A".repeat(42)}=`])
    expect(() => connect({ ...options, key: bad })).toThrow(expect.objectContaining({ code: "bad_key" }))
  expect(() => connect({ ...options, name: "\ud800" })).toThrow(expect.objectContaining({ code: "bad_name" }))
  for (const half of [{ after: 4 }, { epoch: "e1" }])
    expect(() => connect({ ...options, ...half })).toThrow(expect.objectContaining({ code: "bad_cursor" }))
  expect(() => connect({ ...options, url: "nowhere" })).toThrow(TypeError)
})
