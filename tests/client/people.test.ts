import { describe, expect, test } from "bun:test"
import { bob, join, messageFrame } from "./joined.ts"

const user = (name: string) => ({ id: `${name}-id`, name, is_online: true })
const list = (...names: string[]) => ({
  type: "user_list_update",
  version: 1,
  users: names.map(user),
  total: names.length,
})
const diff = (joined: string[], left: string[], total: number, partial?: true) => ({
  type: "presence_diff",
  version: 2,
  joined: joined.map(user),
  left: left.map((name) => `${name}-id`),
  total,
  ...(partial && { partial }),
})

describe("people online", () => {
  test("are the first list and its diffs", () => {
    const world = join()
    const told = world.heard("people")
    world.socket.receive(list("anna", "bob"), diff(["eve"], ["bob"], 2))
    expect(told.map((people) => people.list.map(({ name }) => name))).toEqual([
      ["anna", "bob"],
      ["anna", "eve"],
    ])
    expect(world.duet.people).toEqual(told[1] as NonNullable<(typeof told)[1]>)
  })

  test("are asked for after partial diffs, once for several", async () => {
    const world = join()
    world.answers.set("/users", { status: 200, body: { users: [user("eve")], total: 1, next: null } })
    world.socket.receive(list("anna"), diff([], [], 7, true), diff([], [], 8, true))
    expect(world.duet.people.total).toBe(8)
    const found = Promise.withResolvers<unknown>()
    world.duet.on("people", found.resolve)
    world.advance(5000)
    expect(await found.promise).toEqual({ list: [{ id: "eve-id", name: "eve" }], total: 1 })
    expect(world.asked).toEqual(["http://chat.example/users?limit=200"])
  })

  test("stay as they were when the request fails", async () => {
    const world = join()
    world.answers.set("/users", { status: 500, body: { error: { code: "x", message: "y" } } })
    world.socket.receive(list("anna"), diff([], [], 1, true))
    world.advance(5000)
    await Bun.sleep(0)
    expect(world.duet.people.list).toEqual([{ id: "anna-id", name: "anna" }])
  })
})

describe("typing", () => {
  const typing = (is_typing: boolean) => ({ type: "typing", user_id: bob, is_typing })

  test("of a peer expires after six seconds unless it is repeated", () => {
    const world = join()
    const told = world.heard("typing")
    world.socket.receive(typing(true))
    world.advance(5000)
    world.socket.receive(typing(true))
    world.advance(5999)
    expect(told.map(({ isTyping }) => isTyping)).toEqual([true])
    world.advance(1)
    expect(told.map(({ isTyping }) => isTyping)).toEqual([true, false])
  })

  test("of a peer ends with their message, with a typing frame that ends it, and with the connection", () => {
    const world = join()
    const told = world.heard("typing")
    world.socket.receive(typing(true), messageFrame(1, "hello"))
    world.socket.receive(typing(true), typing(false), typing(false))
    world.socket.receive(typing(true))
    world.socket.drop()
    expect(told.map(({ isTyping }) => isTyping)).toEqual([true, false, true, false, true, false])
  })

  test("of one's own is sent once in three seconds at most, and anew after a message", () => {
    const world = join()
    const sent = () => world.socket.of("typing").map(({ is_typing }) => is_typing)
    world.duet.typing(bob)
    world.advance(2999)
    world.duet.typing(bob)
    expect(sent()).toEqual([true])
    world.advance(1)
    world.duet.typing(bob)
    expect(sent()).toEqual([true, true])
    world.duet.typing(bob, false)
    world.duet.typing(bob, false)
    expect(sent()).toEqual([true, true, false])
    world.duet.typing(bob)
    void world.duet.say(bob, "hello")
    world.duet.typing(bob)
    expect(sent()).toEqual([true, true, false, true, true])
  })
})
