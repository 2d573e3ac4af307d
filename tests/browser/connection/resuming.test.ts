import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage({ RESUME_WINDOW: "2", LEAVE_GRACE: "1", FRAME_LIMIT: "4096" })

/** A visitor's line to the server: it can be cut, and can swallow the messages that they say. */
async function lineOf({ page }: Visitor) {
  const cuts: (() => void)[] = []
  const line = {
    isCut: false,
    swallows: false,
    cut(isCut: boolean) {
      line.isCut = isCut
      for (const cut of cuts.splice(0)) cut()
    },
  }
  await page.routeWebSocket(/\/socket/u, (socket) => {
    const server = line.isCut ? undefined : socket.connectToServer()
    socket.onMessage((frame) => {
      if (!line.swallows || !String(frame).includes(`"chat_message"`)) server?.send(frame)
    })
    cuts.push(() => {
      // The page's end first: what it still said would meet a closed end here, and the browser complains of that.
      void socket.close({ code: 1001 }).then(() => server?.close())
    })
  })
  return line
}

test("a page that was cut off for longer than it is waited for says so, and hears what is said since", async () => {
  const alma = await scene.arrive()
  const line = await lineOf(alma)
  await alma.join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await jonas.say("before")
  await jonas.say("still before")
  await alma.sees("Jonas", "still before")
  line.cut(true)
  await jonas.page.locator(".peer").getByText("left", { exact: true }).waitFor()
  await jonas.say("into nothing")
  await jonas
    .line("into nothing")
    .getByText(/Not delivered: they had left|Not sent/u)
    .waitFor()
  line.cut(false)
  await alma.page.getByText("You were cut off for too long").waitFor()
  await jonas.page.locator(".peer").getByText("online", { exact: true }).waitFor()
  await jonas.say("since")
  await alma.sees("Jonas", "since")
  expect(await alma.lines("Jonas")).toEqual(["before", "still before", "since"])
})

test("of a message that was on its way when the session ended the page says so, and it can be sent again; a reaction is given up (C5)", async () => {
  const alma = await scene.arrive()
  const line = await lineOf(alma)
  await alma.join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await jonas.say("before")
  await alma.sees("Jonas", "before")
  line.swallows = true
  await alma.say("on its way")
  await alma.ticks("on its way", "Waiting to be sent")
  line.cut(true)
  await alma.act("before", "React with 🎉")
  await alma.line("before").getByText("Your 🎉 waits until you are back.").waitFor()
  await jonas.page.locator(".peer").getByText("left", { exact: true }).waitFor()
  line.swallows = false
  line.cut(false)
  await alma.line("on its way").getByText("It is not known whether this arrived.").waitFor()
  await alma.page.getByText("That message is no longer kept: nothing can be done with it.").waitFor()
  expect(await alma.line("before").getByText("waits").count()).toBe(0)
  expect(await jonas.line("on its way").count()).toBe(0)
  await alma.line("on its way").locator(".again").click()
  await jonas.sees("Alma", "on its way")
  expect(await alma.lines("Jonas")).toEqual(["before", "on its way"])
})

test("a message that is more than the server takes in one frame is refused alone, and the next one goes", async () => {
  const [alma, jonas] = await scene.talking("hello")
  const long = "ü".repeat(2500)
  await alma.say(long)
  await alma.say("and a short one")
  await alma.page
    .getByText("Not sent. This is more than the server takes in one frame: send it in parts.")
    .waitFor()
  await jonas.sees("Alma", "and a short one")
})
