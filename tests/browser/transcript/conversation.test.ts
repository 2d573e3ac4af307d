import { expect, test } from "bun:test"
import { peerChanged } from "../../../views/shell/fragments.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

async function arriveAs(...names: string[]): Promise<Visitor[]> {
  return await Promise.all(names.map(async (name) => (await scene.arrive()).join(name)))
}

test("two people see each other and talk both ways, in order, each line once", async () => {
  const [alma, jonas] = (await arriveAs("Alma", "Jonas")) as [Visitor, Visitor]
  await alma.open("Jonas")
  await jonas.open("Alma")
  for (const words of ["one", "two", "three"]) await alma.say(words)
  await jonas.sees("Alma", "three")
  await jonas.say("and back")
  await alma.sees("Jonas", "and back")
  await alma.sees("Jonas", "three")
  expect(await alma.lines("Jonas")).toEqual(["one", "two", "three", "and back"])
  expect(await jonas.lines("Alma")).toEqual(["one", "two", "three", "and back"])
  expect(await alma.talkWith("Jonas").locator(".day").allInnerTexts()).toEqual(["Today"])
  expect(await alma.talkWith("Jonas").locator("time").last().textContent()).toMatch(/^\d\d:\d\d$/u)
})

test("what is heard late stands where it was said, so that two who write at once read the same", async () => {
  const alma = await scene.arrive()
  const late = Promise.withResolvers<void>()
  await alma.page.routeWebSocket(/\/socket/u, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => {
      if (String(frame).includes("said first")) void late.promise.then(() => socket.send(frame))
      else socket.send(frame)
    })
  })
  await alma.join("Alma")
  const [jonas] = (await arriveAs("Jonas")) as [Visitor]
  await alma.open("Jonas")
  await jonas.open("Alma")
  await jonas.say("said first")
  await jonas.sees("Alma", "said first")
  await alma.say("an answer to nothing")
  await alma.sees("Jonas", "an answer to nothing")
  late.resolve()
  await alma.sees("Jonas", "said first")
  expect(await alma.lines("Jonas")).toEqual(["said first", "an answer to nothing"])
  expect(await jonas.lines("Alma")).toEqual(await alma.lines("Jonas"))
})

test("nobody finds themselves in the list of people", async () => {
  const [alma, jonas] = (await arriveAs("Alma", "Jonas")) as [Visitor, Visitor]
  await alma.person("Jonas").waitFor()
  await jonas.person("Alma").waitFor()
  expect(await alma.person("Alma").count()).toBe(0)
  expect(await jonas.person("Jonas").count()).toBe(0)
})

test("markup in a message and in a name arrives as the characters it is", async () => {
  const name = `<b>Eve</b> "'&`
  const [alma, eve] = (await arriveAs("Alma", name)) as [Visitor, Visitor]
  await eve.open("Alma")
  await alma.open(name)
  const words = `<img src=x onerror=alert(1)> </hx-partial> {"content":"<p>"}`
  await eve.say(words)
  await alma.sees(name, words)
  await eve.sees("Alma", words)
})

test("conversations that are not open count what is unread, in the list and in the title", async () => {
  const [alma, jonas, zoe] = (await arriveAs("Alma", "Jonas", "Zoë")) as [Visitor, Visitor, Visitor]
  await alma.open("Jonas")
  await zoe.open("Alma")
  await zoe.say("psst")
  await zoe.say("over here")
  await jonas.open("Alma")
  await jonas.say("what I say is read at once")
  await alma.sees("Jonas", "what I say is read at once")
  const row = alma.conversations.getByRole("link", { name: /Zoë/u })
  await row.getByText("2 unread").waitFor()
  await eventually(async () => (await alma.page.title()) === "(2) Duet", "the title says 2")
  await row.click()
  await alma.sees("Zoë", "over here")
  await eventually(async () => (await alma.page.title()) === "Zoë · Duet", "the title says nothing is unread")
  await row.locator(".unread").waitFor({ state: "hidden" })
  await alma.page.reload()
  await alma.sees("Zoë", "over here")
  expect(await alma.page.locator(".unread").count()).toBe(0)
})

test("a reload finds the person and the conversation as they were, and the other is told nothing", async () => {
  const [alma, jonas] = (await arriveAs("Alma", "Jonas")) as [Visitor, Visitor]
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say("before")
  await jonas.sees("Alma", "before")
  const id = alma.id
  await alma.page.reload()
  await alma.sees("Jonas", "before")
  expect(alma.id).toBe(id)
  await jonas.say("after")
  await alma.sees("Jonas", "after")
  expect(await alma.lines("Jonas")).toEqual(["before", "after"])
  expect(await jonas.page.getByText("has left").count()).toBe(0)
})

test("two tabs of one person show the same", async () => {
  const [alma, jonas] = (await arriveAs("Alma", "Jonas")) as [Visitor, Visitor]
  await alma.open("Jonas")
  const second = await alma.anotherTab()
  await second.page.goto(alma.page.url())
  await second.talkWith("Jonas").waitFor()
  await alma.say("from the first tab")
  await second.sees("Jonas", "from the first tab")
  await second.say("from the second")
  await alma.sees("Jonas", "from the second")
  expect(await second.lines("Jonas")).toEqual(await alma.lines("Jonas"))
  await jonas.open("Alma")
  await jonas.sees("Alma", "from the second")
  expect(await jonas.lines("Alma")).toEqual(["from the first tab", "from the second"])
})

test("a person who leaves is gone from the list, and the one who stays is told", async () => {
  const [alma, jonas] = (await arriveAs("Alma", "Jonas")) as [Visitor, Visitor]
  await alma.open("Jonas")
  await jonas.open("Alma")
  await jonas.say("bye")
  await alma.sees("Jonas", "bye")
  await jonas.leave()
  await alma.page.getByText("has left. Nothing was kept").waitFor()
  await alma.person("Jonas").waitFor({ state: "detached" })
  await alma.say("are you there?")
  await alma.talkWith("Jonas").getByText("Not sent.").waitFor()
  await alma.talkWith("Jonas").getByRole("button", { name: "Try again" }).waitFor()
})

test("of somebody whose name is gone with them the sign above the conversation follows the words", async () => {
  const [alma, jonas] = (await arriveAs("Alma", "Jonas")) as [Visitor, Visitor]
  await alma.open("Jonas")
  const told = String(peerChanged({ id: jonas.id, name: "", status: "gone" }))
  await alma.page.evaluate(`(() => {
    const room = document.getElementById("duet")
    htmx.swap({ sourceElement: room, target: room, swap: "innerHTML swapEmpty:false", text: ${JSON.stringify(told)} })
  })()`)
  await alma.page.locator(".peer .state").getByText("left", { exact: true }).waitFor()
  await alma.page.locator(".peer .avatar[data-status=gone]").getByText("J").waitFor()
})

test("leaving in one tab says so in the other, and leaves nothing of what that one kept", async () => {
  const [alma] = (await arriveAs("Alma")) as [Visitor]
  const second = await alma.anotherTab()
  await second.page.goto(alma.page.url())
  await second.openEcho()
  await second.words.fill("half a thought")
  expect(await second.page.evaluate("sessionStorage.length")).toBeGreaterThan(0)
  await alma.leave()
  await second.page.getByText("You left").waitFor()
  expect(await second.page.evaluate("sessionStorage.length")).toBe(0)
  await second.page.getByRole("link", { name: "Start again" }).click()
  await second.page.getByRole("button", { name: "Join chat", exact: true }).waitFor()
})

test("Echo is one click away and answers", async () => {
  const [alma] = (await arriveAs("Alma")) as [Visitor]
  await alma.openEcho()
  await alma.say("Is anybody there?")
  await eventually(
    async () => (await alma.lines("Echo")).filter((words) => words === "Is anybody there?").length === 2,
    "Echo says it back",
  )
})

test("the browser's own Back and Forward go between conversations, and drafts wait in theirs", async () => {
  const [alma] = (await arriveAs("Alma", "Jonas", "Zoë")) as [Visitor]
  await alma.open("Jonas")
  await alma.words.fill("half a thought")
  await alma.open("Zoë")
  expect(await alma.words.inputValue()).toBe("")
  await alma.page.goBack()
  await alma.talkWith("Jonas").waitFor()
  await eventually(
    async () => (await alma.words.inputValue()) === "half a thought",
    "the draft is there again",
  )
  await alma.page.goForward()
  await alma.talkWith("Zoë").waitFor()
})
