import { expect, test } from "bun:test"
import { type RecordingOutlet, windowMs } from "../../support/stage.ts"
import { concerns, deliveredOf, eachSeed, knock, lostOf, pick, shuffled, speak, upTo } from "./at-once.ts"

test("a block in flight parts what was said into what arrived before it and what is never heard (D4)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    speak(ben, anna, 2, "before")
    stage.flush()
    anna.acknowledge(2)
    stage.flush()
    const told = ben.of("progress").length
    const says = upTo(5).map((n) => () => ben.say(anna.id, `in flight ${n}`))
    const block = () => anna.obey({ type: "block", userId: ben.id })
    const at = pick(stage, 6)
    for (const step of [...says.slice(0, at), block, ...says.slice(at)]) {
      step()
      if (pick(stage, 2) === 0) stage.flush()
    }
    stage.flush()
    anna.acknowledge(anna.of("message").at(-1)?.seq ?? 0)
    ben.say(anna.id, "after")
    stage.flush()
    const said = ben.contents
    expect(said).toHaveLength(8)
    expect(anna.contents).toEqual(said.slice(0, anna.contents.length))
    expect(anna.contents).not.toContain("after")
    expect(ben.of("progress")).toHaveLength(told)
    expect(ben.of("undelivered")).toEqual([])
    stage.presence.signal({ type: "leave", id: anna.id, session: undefined })
    stage.flush()
    expect(lostOf(ben)).toEqual(said.slice(2))
  })
})

test("what is said during a block is never seen, and of a second block nothing is told (D4)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    const block = (type: "block" | "unblock") => {
      anna.obey({ type, userId: ben.id })
      stage.flush()
    }
    const say = (content: string) => {
      ben.say(anna.id, content)
      stage.flush()
      return ben.of("message").at(-1)?.message.id ?? ""
    }
    block("block")
    const suppressed = say("first block")
    block("unblock")
    const heard = say("heard")
    anna.acknowledge(anna.of("message").at(-1)?.seq ?? 0)
    anna.obey({ type: "seen", peerId: ben.id, messageId: heard })
    stage.flush()
    block("block")
    say("second block")
    expect(ben.of("progress").map(({ progress }) => progress)).toEqual(["delivered", "seen"])
    for (const progress of ben.of("progress"))
      expect(progress.suppressed).toEqual([{ first: suppressed, last: suppressed }])
  })
})

test("the last acknowledgement counts when it came before the socket went, whatever ends the session (D5)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    speak(ben, anna, 3, "message")
    stage.flush()
    anna.acknowledge(3)
    anna.drop()
    stage.advance(windowMs)
    expect(stage.directory.find(anna.id)).toBeUndefined()
    expect(deliveredOf(ben)).toHaveLength(3)
    expect(lostOf(ben)).toEqual([])
  })
})

test("an acknowledgement that races the end makes each message delivered or undelivered, never both (D5)", () => {
  const ends = new Set<number>()
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    speak(ben, anna, 4, "message")
    stage.flush()
    const leave = () => stage.presence.signal({ type: "leave", id: anna.id, session: undefined })
    for (const step of shuffled(stage, [() => anna.acknowledge(2), () => anna.acknowledge(4), leave])) step()
    stage.flush()
    expect([...deliveredOf(ben), ...lostOf(ben)]).toEqual(ben.contents)
    ends.add(deliveredOf(ben).length)
  })
  expect(ends.size).toBeGreaterThan(1)
})

test("an unsend of something unacknowledged follows it, and changes nothing in how it ends (D6)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    ben.say(anna.id, "kept")
    ben.say(anna.id, "secret")
    stage.flush()
    const messageId = ben.of("message").at(-1)?.message.id ?? ""
    const unsend = () => ben.obey({ type: "unsend", peerId: anna.id, messageId })
    const late: RecordingOutlet[] = []
    const come = () => late.push(knock(stage, anna.id, anna.at(0)))
    const ends = pick(stage, 2) === 0
    const end = () => stage.presence.signal({ type: "leave", id: anna.id, session: undefined })
    const ack = () => anna.acknowledge(2)
    for (const step of shuffled(stage, [unsend, come, ends ? end : ack])) step()
    stage.flush()
    for (const outlet of [anna, ...late].filter((each) => each.of("message").length === 2)) {
      const kinds = outlet.events.flatMap((event) => (concerns(event, messageId) ? [event.type] : []))
      if (outlet.of("unsent").length > 0) expect(kinds.indexOf("unsent")).toBeGreaterThan(0)
      if (outlet.contents[1] === "") expect(outlet.of("unsent")).toHaveLength(1)
    }
    expect([...deliveredOf(ben), ...lostOf(ben)]).toEqual(ben.contents)
    const again = knock(stage, ben.id, ben.at(0))
    stage.flush()
    expect(again.contents).toEqual(["kept", ""])
    if (ends) return
    const seen = knock(stage, anna.id, anna.at(0))
    stage.flush()
    expect(seen.contents).toEqual(["kept", ""])
  })
})

test("an unsend at the sight of the echo does not overtake the message (D6)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    ben.publish = (event) => {
      ben.events.push(event)
      if (event.type !== "message") return
      ben.obey({ type: "unsend", peerId: anna.id, messageId: event.message.id })
    }
    speak(ben, anna, 3, "secret")
    stage.flush()
    const seen = knock(stage, anna.id, anna.at(0))
    stage.flush()
    expect(anna.of("message")).toHaveLength(3)
    expect(seen.contents).toEqual(["", "", ""])
    anna.acknowledge(3)
    stage.flush()
    expect(deliveredOf(ben)).toHaveLength(3)
  })
})

test("a peer that ends while the echo is on its way is told of after the echo, or instead of it (D7)", () => {
  eachSeed((stage) => {
    const [anna, ben] = [stage.join("anna"), stage.join("ben")]
    const back: RecordingOutlet[] = []
    const end = () => stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
    const comeBack = () => back.push(knock(stage, ben.id, ben.at(0)))
    const says = upTo(6).map((n) => () => anna.say(ben.id, `message ${n}`))
    const at = pick(stage, 7)
    const rest = [...says.slice(at)]
    rest.splice(pick(stage, rest.length + 1), 0, comeBack)
    for (const step of [...says.slice(0, at), end, ...rest]) {
      step()
      if (pick(stage, 4) === 0) stage.flush()
    }
    stage.flush()
    speak(anna, ben, 2, "to the next session")
    stage.flush()
    const echoed = anna.of("message").map(({ message }) => message.content)
    expect(echoed.length + anna.refused.length).toBe(8)
    const arrived = back.flatMap(({ contents }) => contents)
    expect([...lostOf(anna), ...arrived]).toEqual(echoed)
    stage.presence.signal({ type: "leave", id: ben.id, session: undefined })
    stage.flush()
    expect(lostOf(anna)).toEqual(echoed)
    for (const { messageId } of anna.of("undelivered")) {
      const kinds = anna.events.flatMap((event) => (concerns(event, messageId) ? [event.type] : []))
      expect(kinds).toEqual(["message", "undelivered"])
    }
  })
})
