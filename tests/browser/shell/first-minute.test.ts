import { expect, test } from "bun:test"
import { stage } from "../stage.ts"
import type { Visitor } from "../visitor.ts"

const scene = stage()

const lesson = (visitor: Visitor, words: string) => visitor.page.locator(".empty").getByText(words)

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const)
  test(`whoever is alone is given the address to send, and once somebody came is told to choose them, at ${width} by ${height}`, async () => {
    const alma = await (await scene.arrive({ width, height })).join("Alma")
    await lesson(alma, "You are the first one here.").waitFor()
    expect(await lesson(alma, "Choose somebody from the list").isVisible()).toBe(false)
    expect(await alma.page.locator(".address code").textContent()).toBe(scene.url)
    await alma.profile.context.grantPermissions(["clipboard-read", "clipboard-write"])
    await alma.page.getByRole("button", { name: "Copy", exact: true }).click()
    await alma.page.getByText("Copied.").waitFor()
    expect(await alma.page.evaluate("navigator.clipboard.readText()")).toBe(scene.url)
    const jonas = await (await scene.arrive()).join("Jonas")
    await lesson(alma, "Choose somebody from the list").waitFor()
    expect(await lesson(alma, "You are the first one here.").isVisible()).toBe(false)
    await jonas.leave()
    await lesson(alma, "You are the first one here.").waitFor()
  })

test("the first minute needs nobody: Echo answers, and a second tab is somebody to talk with", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const opened = alma.profile.context.waitForEvent("page")
  await alma.page.getByRole("link", { name: "Open a second tab", exact: true }).click()
  const door = await opened
  await door.getByRole("textbox", { name: "Your name", exact: true }).fill("Somebody else")
  await door.getByRole("button", { name: "Join chat", exact: true }).click()
  await alma.person("Somebody else").waitFor()
  await alma.openEcho()
  await alma.say("is anybody there?")
  await alma.talkWith("Echo").locator(".theirs").getByText("is anybody there?").waitFor()
  await door.getByRole("button", { name: "Leave", exact: true }).click()
  await door.getByRole("button", { name: "Join chat", exact: true }).waitFor()
})
