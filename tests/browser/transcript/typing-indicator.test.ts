import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

/** The frames of one kind that a tab sends from now on. */
function sentBy(visitor: Visitor, type: string): unknown[] {
  const sent: unknown[] = []
  visitor.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      const frame: unknown = JSON.parse(String(payload))
      if (typeof frame === "object" && frame !== null && "type" in frame && frame.type === type)
        sent.push(frame)
    }),
  )
  return sent
}

test("who is writing is shown in the header, as a bubble and in the list, until their message comes", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say("hello")
  await jonas.sees("Alma", "hello")
  await jonas.words.pressSequentially("hm")
  await alma.page.getByText("Jonas is typing", { exact: true }).waitFor()
  await alma.page.locator(".peer .typing").waitFor()
  expect(await alma.row("Jonas").locator(".last").getAttribute("data-note")).toBe("typing…")
  await jonas.words.press("Enter")
  await alma.sees("Jonas", "hm")
  await alma.page.locator(".peer .typing").waitFor({ state: "hidden" })
  expect(await alma.row("Jonas").locator(".last").getAttribute("data-note")).toBeNull()
})

test("typing that is not heard of again is over after six seconds", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  robot.send({ type: "typing", receiver_id: alma.id, is_typing: true })
  await alma.page.getByText("Robot is typing", { exact: true }).waitFor()
  await alma.page.getByText("Robot is typing", { exact: true }).waitFor({ state: "detached" })
  robot.send({ type: "leave" })
})

test("a page tells of typing once while it goes on, and that it is over when the words are gone", async () => {
  const alma = await scene.arrive()
  const sent = sentBy(alma, "typing")
  await alma.join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  await alma.words.pressSequentially("quick")
  await alma.words.fill("")
  await eventually(() => sent.length === 2, "it is told twice")
  expect(sent).toEqual([
    { type: "typing", receiver_id: robot.id, is_typing: true },
    { type: "typing", receiver_id: robot.id, is_typing: false },
  ])
  robot.send({ type: "leave" })
})

test("somebody who is away has the word and the colour for it, in the header and in the list", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  await alma.say("hello")
  robot.send({ type: "status", status: "away" })
  await alma.page.locator(".peer").getByText("away for a moment", { exact: true }).waitFor()
  await alma.row("Robot").locator(".avatar[data-status='away']").waitFor()
  expect(await alma.row("Robot").getAttribute("aria-description")).toContain("away")
  robot.send({ type: "status", status: "online" })
  await alma.page.locator(".peer").getByText("online", { exact: true }).waitFor()
  robot.send({ type: "leave" })
})

test("a page that is used says so, once a minute and not at each touch, whatever is done to the machine's clock", async () => {
  const alma = await scene.arrive()
  const sent = sentBy(alma, "status")
  await alma.page.clock.install()
  await alma.join("Alma")
  await alma.openEcho()
  await alma.page.mouse.move(300, 300)
  await alma.page.clock.setSystemTime(Date.now() - 3_600_000)
  await alma.page.clock.fastForward(61_000)
  await eventually(async () => {
    await alma.page.mouse.move(310, 300)
    await alma.page.mouse.move(320, 300)
    return sent.length > 0
  }, "it is told")
  for (const x of [330, 340, 350]) await alma.page.mouse.move(x, 300)
  await alma.say("a frame that is sent after all that")
  await alma.sees("Echo", "a frame that is sent after all that")
  expect(sent).toEqual([{ type: "status", status: "online" }])
})
