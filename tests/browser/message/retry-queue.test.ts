import { expect, test } from "bun:test"
import { stage } from "../stage.ts"

const scene = stage()
const said = ["first", "second", "third"]

test("a reaction while cut off says so beside the message, and goes when the connection is back", async () => {
  const [alma, jonas] = await scene.talking(...said)
  await jonas.profile.context.setOffline(true)
  await jonas.act("second", "React with 🎉")
  await jonas.act("third", "React with 👍")
  const note = jonas.line("second").getByText("Your 🎉 waits until you are back.", { exact: true })
  await note.waitFor()
  await jonas.profile.context.setOffline(false)
  await alma.line("second").getByRole("button", { name: "🎉 from them", exact: true }).waitFor()
  await alma.line("third").getByRole("button", { name: "👍 from them", exact: true }).waitFor()
  await note.waitFor({ state: "detached" })
  expect(jonas.unexplained).toEqual([])
  jonas.complaints.length = 0
})

test("what waits for the connection is asked after a reload too", async () => {
  const [alma, jonas] = await scene.talking(...said)
  await alma.profile.context.setOffline(true)
  await alma.act("second", "Unsend")
  await alma.menu.getByRole("button", { name: "Unsend for both", exact: true }).click()
  await alma.line("second").getByText("Goes when you are back.", { exact: true }).waitFor()
  await alma.profile.context.setOffline(false)
  await alma.page.reload()
  await jonas.line("Message unsent").waitFor()
  expect(alma.unexplained).toEqual([])
  alma.complaints.length = 0
})
