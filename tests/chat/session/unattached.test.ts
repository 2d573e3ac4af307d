import { expect, test } from "bun:test"
import { tickMs } from "../../../src/chat/presence/presence.ts"
import type { Command } from "../../../src/chat/session/session-message.ts"
import { unattachedMs } from "../../../src/chat/session/session-options.ts"
import { graceMs, RecordingOutlet, windowMs } from "../../support/stage.ts"
import { eachSeed, knock, type Stage } from "../presence/at-once.ts"

const id = "00000000-0000-8000-8000-000000000001"
const user = { id, name: "anna", classic: false }

/** Begins a session as a page's form does: without a socket. */
function obey({ presence, flush }: Stage, command: Command): void {
  const first = { type: "command", outlet: new RecordingOutlet(), command } as const
  presence.signal({ type: "join", user, first })
  flush()
}

const block: Command = { type: "block", userId: "00000000-0000-8000-8000-000000000002" }

test("a session that never had a socket ends after ten seconds", () => {
  eachSeed((stage) => {
    obey(stage, block)
    stage.advance(unattachedMs - 1)
    expect(stage.directory.find(id)).toBeDefined()
    expect(stage.directory.unattached).toBe(1)
    stage.advance(1)
    expect(stage.directory.find(id)).toBeUndefined()
    expect([stage.directory.size, stage.directory.unattached]).toEqual([0, 0])
  })
})

test("nobody is told of a session before its first socket, nor of its end", () => {
  eachSeed((stage) => {
    const ben = stage.join("ben")
    ben.obey({ type: "watch", userIds: [id] })
    stage.advance(tickMs)
    const [lists, writes, told] = [
      stage.announcer.lists.length,
      stage.recorded.length,
      ben.of("presence").length,
    ]
    obey(stage, block)
    obey(stage, { type: "rename", name: "anne" })
    obey(stage, { type: "status", away: true })
    stage.advance(tickMs)
    const { directory } = stage
    expect([...directory.rows()].map((row) => row.id)).toEqual([ben.id])
    expect(directory.latest(10).map((member) => member.id)).toEqual([ben.id])
    expect(directory.page("ann", 10).total).toBe(0)
    expect(directory.online).toBe(1)
    stage.advance(unattachedMs)
    expect(directory.find(id)).toBeUndefined()
    expect(stage.announcer.lists).toHaveLength(lists)
    expect(stage.recorded).toHaveLength(writes)
    expect(ben.of("presence")).toHaveLength(told)
  })
})

test("who begins to watch somebody without a socket is told of nobody", () => {
  eachSeed((stage) => {
    obey(stage, block)
    const ben = stage.join("ben")
    ben.obey({ type: "watch", userIds: [id] })
    stage.flush()
    expect(ben.of("presence").map(({ person }) => person)).toEqual([
      { id, name: "", online: false, away: false, gone: true },
    ])
  })
})

test("the first socket announces its user at the next tick, by the name that the page gave", () => {
  eachSeed((stage) => {
    const ben = stage.join("ben")
    ben.obey({ type: "watch", userIds: [id] })
    stage.advance(tickMs)
    obey(stage, { type: "rename", name: "anne" })
    const anna = knock(stage, id)
    stage.flush()
    expect(ben.of("presence").at(-1)?.person).toMatchObject({ id, name: "anne", online: true })
    stage.advance(tickMs)
    expect(stage.announcer.news.at(-1)?.joined.map(({ name }) => name)).toEqual(["anne"])
    expect(stage.recorded.at(-1)).toMatchObject({ type: "present", row: { id, name: "anne", online: true } })
    expect([stage.directory.online, stage.directory.unattached]).toEqual([2, 0])
    expect(anna.greeting.name).toBe("anne")
  })
})

test("once a session had a socket it is here for the grace and the window", () => {
  eachSeed((stage) => {
    obey(stage, block)
    const anna = knock(stage, id)
    stage.flush()
    stage.advance(unattachedMs * 2)
    expect(stage.directory.find(id)?.online).toBe(true)
    anna.drop()
    stage.flush()
    stage.advance(graceMs - 1)
    expect(stage.directory.find(id)?.online).toBe(true)
    stage.advance(windowMs - graceMs)
    expect(stage.directory.find(id)?.online).toBe(false)
    stage.advance(1)
    expect(stage.directory.find(id)).toBeUndefined()
  })
})

test("a socket that comes as a session without one ends is welcomed", () => {
  eachSeed((stage) => {
    obey(stage, block)
    stage.advance(unattachedMs - 1)
    while (stage.directory.find(id) !== undefined && stage.clock.ringNext(stage.clock.now() + 1));
    const anna = knock(stage, id)
    stage.flush()
    expect(anna.greeting.id).toBe(id)
    expect(stage.directory.find(id)?.online).toBe(true)
    expect([stage.directory.size, stage.directory.unattached]).toEqual([1, 0])
  })
})

test("beyond so many sessions without a socket the oldest of them end, and none that has a socket", () => {
  const unattached = 3
  eachSeed(
    (stage) => {
      const ids = [1, 2, 3, 4, 5, 6].map((n) => `00000000-0000-8000-8000-00000000000${n}`)
      const look = (id: string) =>
        stage.presence.signal({
          type: "join",
          user: { id, name: "anna", classic: false },
          first: { type: "command", outlet: new RecordingOutlet(), command: block },
        })
      const here = () => ids.map((each) => stage.directory.find(each) !== undefined)
      for (const each of ids.slice(0, 3)) look(each)
      stage.flush()
      knock(stage, ids[0] ?? "")
      stage.flush()
      look(ids[3] ?? "")
      stage.flush()
      expect(here()).toEqual([true, true, true, true, false, false])
      // In one turn, as a flood does.
      for (const each of ids.slice(4)) look(each)
      stage.flush()
      expect(here()).toEqual([true, false, false, true, true, true])
      expect(stage.directory.unattached).toBe(unattached)
    },
    { rules: { unattached } },
  )
})

test("a socket that comes as its session makes room is welcomed", () => {
  eachSeed(
    (stage) => {
      obey(stage, block)
      const other = "00000000-0000-8000-8000-000000000009"
      const anna = knock(stage, id)
      stage.presence.signal({
        type: "join",
        user: { id: other, name: "ben", classic: false },
        first: { type: "command", outlet: new RecordingOutlet(), command: block },
      })
      stage.flush()
      expect(anna.greeting.id).toBe(id)
      expect(stage.directory.find(id)?.online).toBe(true)
    },
    { rules: { unattached: 1 } },
  )
})
