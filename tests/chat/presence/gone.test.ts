import { expect, test } from "bun:test"
import type { Ref } from "../../../src/actor/index.ts"
import type { PresenceMessage } from "../../../src/chat/presence/presence-message.ts"
import type { Snapshot } from "../../../src/chat/session/snapshot.ts"
import { createStage, graceMs, windowMs } from "../../support/stage.ts"

test("who is offline may be back; who is gone is told apart, once their window is over (C11)", () => {
  const { join, flush, advance } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  const howBenIs = () => anna.of("presence").at(-1)?.person
  anna.say(ben.id, "hi")
  ben.drop()
  flush()
  advance(graceMs)
  expect(howBenIs()).toEqual({ id: ben.id, name: "ben", online: false, away: false, gone: false })
  advance(windowMs)
  expect(howBenIs()).toEqual({ id: ben.id, name: "ben", online: false, away: false, gone: true })
  join("ben", { id: ben.id })
  expect(howBenIs()).toEqual({ id: ben.id, name: "ben", online: true, away: false, gone: false })
})

test("who leaves by their own wish is gone at once, and so is somebody who never was here (C11)", () => {
  const { join, flush } = createStage()
  const [anna, ben] = [join("anna"), join("ben")]
  anna.obey({ type: "watch", userIds: [ben.id, "nobody"] })
  flush()
  expect(anna.of("presence").map(({ person }) => [person.id, person.gone])).toEqual([
    [ben.id, false],
    ["nobody", true],
  ])
  ben.obey({ type: "leave" })
  flush()
  expect(anna.of("presence").at(-1)?.person).toMatchObject({ id: ben.id, gone: true })
})

test("a page that is asked for as its user leaves is answered, by the session that begins then", async () => {
  const { join, flush, presence, system, settle } = createStage()
  const anna = join("anna")
  const user = { id: anna.id, name: "anna", classic: false }
  const asked = system.ask(
    presence,
    (replyTo: Ref<Snapshot>): PresenceMessage => ({
      type: "join",
      user,
      first: { type: "look", openId: undefined, replyTo },
    }),
    1000,
    { urgent: true },
  )
  presence.signal({ type: "leave", id: anna.id, session: undefined })
  flush()
  await settle()
  expect((await asked).me.name).toBe("anna")
  expect(anna.closed).toBe("left")
})
