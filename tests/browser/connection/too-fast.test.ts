import { expect, test } from "bun:test"
import { idOf, joined } from "../../client/hearing.ts"
import { until } from "../../support/until.ts"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage({ MESSAGE_RATE: "10", MESSAGE_BURST: "10" })

/** What a page sends from now on of one type, over all its sockets to come. */
function sentBy(visitor: Visitor, type: string): string[] {
  const sent: string[] = []
  visitor.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (String(payload).includes(`"type":"${type}"`)) sent.push(String(payload))
    }),
  )
  return sent
}

test("what a page asks too fast is put off, each once and not everything again, and all of it is done (C36)", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await joined(scene.url, "Robot")
  const almaId = await idOf(robot, "Alma")
  const said = await Promise.all(Array.from({ length: 30 }, (_, i) => robot.say(almaId, `number ${i}`)))
  await alma.page.getByRole("link", { name: /Robot/u }).first().click()
  await alma.sees("Robot", "number 29")
  const reacted = new Set<string>()
  robot.on("change", ({ messageId, reactions = [] }) => {
    if (reactions.length > 0) reacted.add(messageId)
  })
  const commands = said.map(({ id }) => ({
    type: "react",
    peer_id: robot.userId,
    message_id: id,
    emoji: "👍",
  }))
  await alma.page.evaluate(
    ([key, value]) => sessionStorage.setItem(key ?? "", value ?? ""),
    [`duet:${almaId}:commands`, JSON.stringify(commands)],
  )
  const sent = sentBy(alma, "react")
  await alma.page.reload()
  await until("all are there", () => reacted.size === said.length, 30_000)
  expect(sent.length).toBeLessThan(2.5 * said.length)
  robot.close()
})
