import { expect, test } from "bun:test"
import type { Ref } from "../../../src/actor/index.ts"
import type { Cursor } from "../../../src/chat/epoch.ts"
import type { Welcome } from "../../../src/chat/session/outlet.ts"
import type { SessionMessage } from "../../../src/chat/session/session-message.ts"
import { unattachedMs } from "../../../src/chat/session/session-options.ts"
import type { Snapshot } from "../../../src/chat/session/snapshot.ts"
import { createStage, graceMs, RecordingOutlet, windowMs } from "../../support/stage.ts"
import { pick, type Stage, shuffled } from "./at-once.ts"

/** A socket that may go before it is welcomed, as those of the web may. */
class Visit extends RecordingOutlet {
  hasGone = false
  welcomes: Welcome[] = []

  override welcome(welcome: Welcome): void {
    super.welcome(welcome)
    this.welcomes.push(welcome)
    if (this.hasGone) this.drop()
  }

  go(): void {
    if (this.hasGone) return
    this.hasGone = true
    if (this.welcomes.length > 0) this.drop()
  }

  get isHere(): boolean {
    return !this.hasGone && this.closed === undefined
  }
}

const waits = [1, graceMs, unattachedMs, windowMs]
const people = ["anna", "ben", "cleo"]

/** Everything that brings people or takes them away, in any order, with the scheduler stopped anywhere between. */
class Comings {
  readonly visits = new Map<string, Visit[]>(people.map((id) => [id, []]))
  readonly observer: RecordingOutlet
  looked = 0
  answered = 0

  constructor(readonly stage: Stage) {
    this.observer = stage.join("observer")
    this.observer.obey({ type: "watch", userIds: people })
    stage.flush()
  }

  play(steps: number): void {
    for (let i = 0; i < steps; i++) {
      this.#step(people[pick(this.stage, people.length)] ?? "")
      for (let turns = pick(this.stage, 6); turns > 1; turns--) this.stage.step()
    }
  }

  of(id: string): Visit[] {
    return this.visits.get(id) ?? []
  }

  #step(id: string): void {
    const { presence, clock } = this.stage
    const visit = this.#any(id)
    const session = visit?.welcomes[0]?.session
    switch (pick(this.stage, 12)) {
      case 0:
      case 1:
      case 2:
        return this.#come(id, visit)
      case 3:
      case 4:
        return visit?.go()
      case 5:
        if (session !== undefined) visit?.obey({ type: "leave" })
        return
      case 6:
        presence.signal({ type: "leave", id, session: undefined })
        return
      case 7:
        session?.signal({ type: "window-over" })
        return
      case 8:
        if (pick(this.stage, 3) === 0) session?.signal({ type: "nonsense" } as never)
        return
      case 9:
        return this.#look(id)
      case 10:
        return void clock.ringNext(clock.now() + (waits[pick(this.stage, waits.length)] ?? 0))
      default:
        if (session !== undefined) presence.signal({ type: "unwatch", userIds: [], watcher: session })
    }
  }

  #come(id: string, before: Visit | undefined): void {
    const visit = new Visit()
    const known = before?.welcomes[0]
    const cursor: Cursor | undefined =
      known === undefined || pick(this.stage, 2) === 0 ? undefined : { after: 0, epoch: known.epoch }
    this.visits.get(id)?.push(visit)
    this.#join(id, { type: "attach", outlet: visit, cursor })
  }

  #look(id: string): void {
    this.looked++
    const replyTo: Ref<Snapshot> = this.stage.system.spawn<Snapshot>(() => ({
      receive: () => void this.answered++,
    }))
    this.#join(id, { type: "look", openId: undefined, replyTo })
  }

  #join(id: string, first: SessionMessage): void {
    this.stage.presence.signal({ type: "join", user: { id, name: id, classic: false }, first })
  }

  #any(id: string): Visit | undefined {
    const visits = this.of(id)
    return visits[pick(this.stage, visits.length)]
  }
}

const turns = [{}, { messagesPerTurn: 1, messagesPerDrain: 1 }, { messagesPerTurn: 16, messagesPerDrain: 17 }]

function eachPlay(run: (comings: Comings) => void): void {
  for (let seed = 1; seed <= 200; seed++) {
    try {
      const stage = createStage({ seed, turns: turns[seed % turns.length] ?? {} })
      const comings = new Comings(stage)
      comings.play(20 + pick(stage, 40))
      stage.flush()
      run(comings)
    } catch (error) {
      throw new Error(`with seed ${seed}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      })
    }
  }
}

test("whatever comes, goes, ends and fails in any order: a user has one session, and it is that of each of their sockets (D13)", () => {
  eachPlay((comings) => {
    const { post } = comings.stage
    for (const id of people) {
      const visits = comings.of(id)
      for (const visit of visits.filter(({ isHere }) => isHere)) {
        expect(visit.welcomes).toHaveLength(1)
        expect([id, visit.session.id]).toEqual([id, post.find(id)?.ref.id ?? -1])
      }
      const welcomes = visits.flatMap((visit) => visit.welcomes)
      const sessions = new Map(welcomes.map(({ session, epoch }) => [session.id, epoch]))
      for (const { session, epoch } of welcomes) expect(sessions.get(session.id)).toBe(epoch)
      expect(new Set(sessions.values()).size).toBe(sessions.size)
    }
    expect({ answered: comings.answered }).toEqual({ answered: comings.looked })
  })
})

test("whoever has a socket is online, and nobody who has none once the grace is over; everybody is told so (D13)", () => {
  eachPlay((comings) => {
    const { stage, observer } = comings
    const { directory, post } = stage
    const here = people.filter((id) => comings.of(id).some(({ isHere }) => isHere))
    for (const id of here) expect(directory.find(id)?.online).toBe(true)
    stage.advance(Math.max(graceMs, unattachedMs) + 1000)
    const online = [...post.everyone()].flatMap(({ member }) => (member.online ? [member.id] : []))
    expect(online.toSorted()).toEqual([...here, observer.id].toSorted())
    expect(directory.online).toBe(online.length)
    expect(
      stage.announcer.lists
        .at(-1)
        ?.members.map(({ id }) => id)
        .toSorted(),
    ).toEqual(online.toSorted())
    for (const id of people) {
      const told = observer.of("presence").findLast(({ person }) => person.id === id)?.person
      expect([id, told?.online, told?.gone]).toEqual([
        id,
        here.includes(id),
        directory.find(id) === undefined,
      ])
    }
  })
})

test("nobody is online, even for a moment, whom no socket has brought (D13)", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const stage = createStage({ seed, turns: turns[seed % turns.length] ?? {} })
    const anna = new Visit()
    const user = { id: "anna", name: "anna", classic: false }
    stage.presence.signal({ type: "join", user, first: { type: "attach", outlet: anna, cursor: undefined } })
    stage.flush()
    const back = new Visit()
    const steps = [
      () =>
        stage.presence.signal({
          type: "join",
          user,
          first: { type: "attach", outlet: back, cursor: undefined },
        }),
      () => anna.obey({ type: "leave" }),
    ]
    for (const step of shuffled(stage, steps)) {
      step()
      for (let turns = pick(stage, 4); turns > 0; turns--) stage.step()
    }
    const command = { type: "block", userId: "ben" } as const
    stage.presence.signal({ type: "join", user, first: { type: "command", outlet: anna, command } })
    stage.flush()
    expect([seed, stage.directory.find("anna")?.online ?? false]).toEqual([seed, back.isHere])
  }
})

test("when all have gone nothing is left of them, however they came and went (D13)", () => {
  eachPlay((comings) => {
    const { stage, observer } = comings
    for (const id of people) for (const visit of comings.of(id)) visit.go()
    observer.obey({ type: "leave" })
    stage.flush()
    stage.advance(windowMs + graceMs + unattachedMs)
    const { directory, memory, recorded, announcer, clock } = stage
    expect([directory.size, directory.online, directory.unattached, memory.used]).toEqual([0, 0, 0, 0])
    expect(announcer.names).toEqual([])
    const last = new Map(
      recorded.map((change) => [change.type === "gone" ? change.id : change.row.id, change.type]),
    )
    expect([...last.values()].filter((type) => type !== "gone")).toEqual([])
    expect(clock.pending).toBe(0)
  })
})
