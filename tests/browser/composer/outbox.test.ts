import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage({ MESSAGE_RATE: "2", MESSAGE_BURST: "5" })

/** A gate for a visitor's sockets: while it is shut they open and nothing comes of them. */
async function gate(visitor: Visitor): Promise<{ open: boolean }> {
  const state = { open: true }
  await visitor.page.routeWebSocket(/\/socket/u, (socket) => {
    if (state.open) socket.connectToServer()
  })
  return state
}

test("what is written without a connection waits, marked, over a reload, and is sent once and in order", async () => {
  const alma = await scene.arrive()
  const line = await gate(alma)
  await alma.join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  line.open = false
  await alma.page.reload()
  for (const words of ["one", "two", "three"]) await alma.say(words)
  for (const words of ["one", "two", "three"]) await alma.ticks(words, "Waiting to be sent")
  await alma.page.reload()
  for (const words of ["one", "two", "three"]) await alma.ticks(words, "Waiting to be sent")
  line.open = true
  await alma.page.reload()
  await alma.sees("Robot", "three")
  await robot.until(() => robot.contents.length >= 3)
  expect(robot.contents).toEqual(["one", "two", "three"])
  expect(await alma.lines("Robot")).toEqual(["one", "two", "three"])
  await alma.page.reload()
  await alma.sees("Robot", "three")
  expect(await alma.lines("Robot")).toEqual(["one", "two", "three"])
  robot.send({ type: "leave" })
})

test("more than the server takes at once waits its turn, and all of it comes, in order", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  const many = Array.from({ length: 9 }, (_, i) => `number ${i}`)
  for (const words of many) await alma.say(words)
  await robot.until(() => robot.contents.length >= many.length)
  expect(robot.contents).toEqual(many)
  await alma.sees("Robot", "number 8")
  expect(await alma.lines("Robot")).toEqual(many)
  robot.send({ type: "leave" })
})

test("a draft to somebody new shows beside them, until there is a conversation to show it", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  const note = alma.person("Robot").locator(".last")
  await alma.open("Robot")
  await alma.words.fill("never sent")
  await alma.page.locator(".wordmark").click()
  await eventually(
    async () => (await note.getAttribute("data-note")) === "Draft: never sent",
    "the list tells of the draft",
  )
  expect(await alma.person("Robot").getAttribute("aria-description")).toEndWith(", with a draft")
  const another = await V1Client.join(scene.url, "Another")
  await alma.person("Another").waitFor()
  expect(await note.getAttribute("data-note")).toBe("Draft: never sent")
  robot.say(alma.id, "hello")
  await alma.page.locator("#conversations [data-kind=draft]").waitFor()
  await note.waitFor({ state: "detached" })
  expect(await alma.person("Robot").getAttribute("aria-description")).not.toContain("draft")
  for (const each of [robot, another]) each.send({ type: "leave" })
})

test("a draft and what it answers wait over a reload, show in the list, and go when their writer leaves", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  robot.say(alma.id, "a question")
  await alma.sees("Robot", "a question")
  await alma.act("a question", "Reply")
  await alma.words.fill("half an answer")
  await alma.page.reload()
  await alma.page.getByText("Reply to Robot", { exact: true }).waitFor()
  expect(await alma.words.inputValue()).toBe("half an answer")
  await alma.page.locator(".wordmark").click()
  await eventually(
    async () =>
      (await alma.row("Robot").locator(".last").getAttribute("data-note")) === "Draft: half an answer",
    "the list tells of the draft",
  )
  await alma.leave()
  expect(await alma.page.evaluate("sessionStorage.length")).toBe(0)
  robot.send({ type: "leave" })
})
