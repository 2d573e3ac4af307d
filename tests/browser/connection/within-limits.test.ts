import { expect, test } from "bun:test"
import { stage } from "../stage.ts"

const scene = stage({ LIMIT_PRIVATE: "1" })

test("a first view, a reload that fetches everything again, and a second person keep within an address's limits", async () => {
  const [alma, jonas] = await scene.talking("hello")
  const answers: number[] = []
  const wire = await alma.page.context().newCDPSession(alma.page)
  await wire.send("Network.enable")
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true })
  alma.page.on("response", (response) => answers.push(response.status()))
  await alma.page.reload()
  await alma.sees("Jonas", "hello")
  expect(answers.length).toBeGreaterThan(15)
  expect(answers.filter((status) => status >= 400)).toEqual([])
  await alma.say("still here")
  await jonas.sees("Alma", "still here")
})
