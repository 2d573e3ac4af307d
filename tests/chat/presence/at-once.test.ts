import { expect, test } from "bun:test"
import { graceMs, type RecordingOutlet, windowMs } from "../../support/stage.ts"
import { drained, eachSeed, knock, lostOf, numbersOf, pick, seeds, shuffled, speak, upTo } from "./at-once.ts"

test("a message that comes while a replay is under way takes its place in it (D1)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    speak(ben, anna, 6, "held")
    stage.flush()
    const after = pick(stage, 5)
    const slow = knock(stage, anna.id, anna.at(after))
    slow.room = 1 + pick(stage, 3)
    for (let i = 0; i < 8; i++) {
      const [say, drain] = [
        () => ben.say(anna.id, `live ${i}`),
        () => drained(anna, slow, 1 + pick(stage, 3)),
      ]
      for (const step of shuffled(stage, [say, drain])) step()
      if (pick(stage, 2) === 0) stage.flush()
    }
    drained(anna, slow, Number.POSITIVE_INFINITY)
    stage.flush()
    ben.say(anna.id, "the last")
    stage.flush()
    expect(numbersOf(slow)).toEqual(upTo(15).slice(after))
    expect(slow.live).toBe(true)
    expect(slow.greeting.resumed).toBe(true)
  })
})

test("two sockets that resume together each get what they lack, once, and then what is live (D2)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    speak(ben, anna, 6, "held")
    anna.drop()
    stage.flush()
    const [first, second] = [knock(stage, anna.id, anna.at(1)), knock(stage, anna.id, anna.at(4))]
    second.room = 1
    speak(ben, anna, 3, "live")
    stage.flush()
    drained(first, second, Number.POSITIVE_INFINITY)
    speak(ben, anna, 1, "last")
    stage.flush()
    expect(numbersOf(first)).toEqual(upTo(10).slice(1))
    expect(numbersOf(second)).toEqual(upTo(10).slice(4))
  })
})

test("a resume during the grace leaves no trace, and misses nothing (D3)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    stage.advance(1000)
    anna.drop()
    stage.flush()
    stage.advance(pick(stage, graceMs))
    const speaks = () => speak(ben, anna, 3, "meanwhile")
    const back: RecordingOutlet[] = []
    for (const step of shuffled(stage, [speaks, () => back.push(knock(stage, anna.id, anna.at(0)))])) step()
    stage.flush()
    stage.advance(windowMs * 2)
    expect(back.map(numbersOf)).toEqual([upTo(3)])
    expect(stage.announcer.news.flatMap(({ left }) => left)).not.toContain(anna.id)
    expect(ben.of("presence").map(({ person }) => person.online)).not.toContain(false)
  })
})

test("a resume in the turn in which the grace ends is shown as online at last (D3)", () => {
  eachSeed((stage) => {
    const anna = stage.join("anna")
    stage.advance(1000)
    anna.drop()
    stage.flush()
    stage.advance(graceMs - 1)
    while (stage.clock.ringNext(stage.clock.now() + 1));
    const back = knock(stage, anna.id, anna.at(0))
    stage.flush()
    stage.advance(windowMs * 2)
    expect(back.greeting.resumed).toBe(true)
    expect(stage.directory.find(anna.id)?.online).toBe(true)
  })
})

test("an eviction under a replay leaves no hole without a resync (D8)", () => {
  let resyncs = 0
  const rules = { journal: { messages: 5, bytes: 0 } }
  eachSeed(
    (stage) => {
      const [anna, ben, cleo] = [stage.join("anna"), stage.join("ben"), stage.join("cleo")]
      speak(ben, anna, 5, "held")
      anna.drop()
      stage.flush()
      const slow = knock(stage, anna.id, anna.at(0))
      slow.room = 1 + pick(stage, 4)
      stage.flush()
      const others = [() => speak(cleo, anna, 1, "cleo"), () => speak(ben, anna, 1, "ben")]
      for (const step of shuffled(stage, [...others, ...others, () => drained(anna, slow, 2)])) {
        step()
        if (pick(stage, 2) === 0) stage.flush()
      }
      stage.flush()
      drained(anna, slow, Number.POSITIVE_INFINITY)
      stage.flush()
      const from = slow.events.findLastIndex(({ type }) => type === "resync")
      const shown = slow.events
        .slice(from + 1)
        .flatMap((event) => (event.type === "message" ? [event.seq] : []))
      const fresh = knock(stage, anna.id)
      stage.flush()
      expect(shown).toEqual(from < 0 ? upTo(9) : shown.toSorted((a, b) => a - b))
      expect(numbersOf(fresh).filter((seq) => !shown.includes(seq))).toEqual([])
      resyncs += from < 0 ? 0 : 1
      const gone = [...lostOf(ben), ...lostOf(cleo)]
      const said = [...ben.contents, ...cleo.contents]
      expect(said.filter((each) => !gone.includes(each) && !slow.contents.includes(each))).toEqual([])
    },
    { rules },
  )
  expect(resyncs).toBeGreaterThan(0)
  expect(resyncs).toBeLessThan(seeds)
})

test("a socket that meets an ended session, while another waits for it, joins the same next one (D9)", () => {
  eachSeed((stage) => {
    const ben = stage.join("ben")
    const { id, session } = ben.greeting
    ben.drop()
    stage.flush()
    session.signal({ type: "window-over" })
    const first = knock(stage, id)
    for (let i = 0; i < 15; i++) stage.presence.signal({ type: "unwatch", userIds: [], watcher: session })
    const second = knock(stage, id)
    stage.flush()
    expect(second.session).toBe(first.session)
    expect(stage.post.find(id)?.ref).toBe(first.session)
    first.obey({ type: "leave" })
    stage.flush()
    expect([first.closed, second.closed]).toEqual(["left", "left"])
    expect(stage.directory.size).toBe(0)
    expect(stage.directory.online).toBe(0)
    expect(stage.memory.used).toBe(0)
  })
})
