import { expect, test } from "bun:test"
import { stage } from "../stage.ts"

const scene = stage()

test("a person who joins without a name is given one", async () => {
  const visitor = await (await scene.arrive()).join()
  expect(await visitor.page.locator(".me .name").textContent()).toMatch(/^\S+ \S+$/u)
})

test("the join form works with scripts switched off, and the page shows who is online", async () => {
  const bo = await (await scene.arrive()).join("Bo")
  const cleo = await scene.arrive()
  const plain = await (await scene.arrive({ javaScript: false })).join("Plain Jane")
  expect(new URL(plain.page.url()).pathname).toMatch(/^\/u\/[^/]+\/$/u)
  await plain.person("Bo").waitFor()
  await plain.person("Bo").click()
  await plain.talkWith("Bo").waitFor()
  // Nothing that is said would reach a page without a socket, so nobody is told of it.
  await cleo.join("Cleo")
  await bo.person("Cleo").waitFor()
  expect(await bo.person("Plain Jane").count()).toBe(0)
})

test("a name that is refused comes back with the reason", async () => {
  const visitor = await scene.arrive()
  await visitor.page.goto(scene.url)
  const name = visitor.page.getByRole("textbox", { name: "Your name", exact: true })
  await name.fill("x".repeat(33))
  const complained = visitor.page.waitForEvent("console")
  await visitor.page.getByRole("button", { name: "Join chat", exact: true }).click()
  await visitor.page.getByRole("alert").waitFor()
  expect(await name.inputValue()).toBe("x".repeat(33))
  // The browser itself reports the status of the answer, which is right: 422.
  await complained
  expect(visitor.complaints.splice(0).join()).toContain("422")
})

test("a second tab of one browser can be a second person, or the first one again", async () => {
  const ada = await (await scene.arrive()).join("Ada")
  const second = await ada.anotherTab()
  await second.page.goto(scene.url)
  await second.page.getByRole("link", { name: /Continue as Ada/u }).waitFor()
  await second.page.getByText("Join as somebody else").waitFor()
  await second.join("Byron")
  expect(second.id).not.toBe(ada.id)
  await ada.open("Byron")
  await second.open("Ada")
  await ada.say("Same browser, two people")
  await second.sees("Ada", "Same browser, two people")
  const third = await ada.anotherTab()
  await third.page.goto(scene.url)
  await third.page.getByRole("link", { name: /Continue as Ada/u }).click()
  await third.people.waitFor({ state: "attached" })
  expect(third.id).toBe(ada.id)
})

test("a stranger cannot open the page of somebody else by its address, and is told why at the door", async () => {
  const ada = await (await scene.arrive()).join("Ada")
  const stranger = await scene.arrive()
  await stranger.page.goto(ada.page.url())
  await stranger.page.getByRole("button", { name: "Join chat", exact: true }).waitFor()
  const why = stranger.page.getByText("That address works in its owner’s browser alone")
  await why.waitFor()
  await stranger.page.reload()
  expect(await why.count()).toBe(0)
})
