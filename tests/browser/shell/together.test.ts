import { expect, test } from "bun:test"
import { ClassicClient } from "../../support/classic-client.ts"
import { stage } from "../stage.ts"

const room = stage()

test("two pages and a program talk in all directions, see each other, and see each other leave", async () => {
  const alma = await (await room.arrive()).join("Alma")
  const jonas = await (await room.arrive({ width: 360, height: 740 })).join("Jonas")
  const robot = await ClassicClient.join(room.url, "robot")
  for (const name of ["Jonas", "robot"]) await alma.person(name).waitFor()
  for (const name of ["Alma", "robot"]) await jonas.person(name).waitFor()
  await robot.until(() => ["Alma", "Jonas", "robot"].every((name) => robot.listed.includes(name)))

  await alma.open("robot")
  await alma.say("from a page to a program")
  await robot.until(() => robot.contents.includes("from a page to a program"))
  robot.say(alma.id, "from a program to a page")
  await alma.talkWith("robot").getByText("from a program to a page").waitFor()
  await alma.open("Jonas")
  await alma.say("from a page to a page")
  await jonas.open("Alma")
  await jonas.talkWith("Alma").getByText("from a page to a page").waitFor()
  await jonas.say("and back")
  await alma.talkWith("Jonas").getByText("and back").waitFor()

  robot.close()
  await alma.person("robot").waitFor({ state: "detached" })
  await jonas.page.getByRole("link", { name: /Back/ }).click()
  await jonas.page.getByRole("button", { name: "Leave", exact: true }).click()
  await alma.person("Jonas").waitFor({ state: "detached" })
  expect(await alma.person("Alma").count()).toBe(0)
})
