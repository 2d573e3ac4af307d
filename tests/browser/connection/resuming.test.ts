import { expect, test } from "bun:test"
import { stage } from "../stage.ts"

const scene = stage({ RESUME_WINDOW: "2", LEAVE_GRACE: "1" })

test("a page that was cut off for longer than it is waited for says so, and hears what is said since", async () => {
  const alma = await scene.arrive()
  const cuts: (() => void)[] = []
  let isCut = false
  await alma.page.routeWebSocket(/\/socket/u, (socket) => {
    const server = isCut ? undefined : socket.connectToServer()
    cuts.push(() => {
      // The page's end first: what it still said would meet a closed end here, and the browser complains of that.
      void socket.close({ code: 1001 }).then(() => server?.close())
    })
  })
  await alma.join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await jonas.say("before")
  await jonas.say("still before")
  await alma.sees("Jonas", "still before")
  isCut = true
  for (const cut of cuts.splice(0)) cut()
  await jonas.page.locator(".peer").getByText("left", { exact: true }).waitFor()
  await jonas.say("into nothing")
  await jonas
    .line("into nothing")
    .getByText(/Not delivered: they had left|Not sent/u)
    .waitFor()
  isCut = false
  for (const cut of cuts.splice(0)) cut()
  await alma.page.getByText("You were cut off for too long").waitFor()
  await jonas.page.locator(".peer").getByText("online", { exact: true }).waitFor()
  await jonas.say("since")
  await alma.sees("Jonas", "since")
  expect(await alma.lines("Jonas")).toEqual(["before", "still before", "since"])
})
