import { test } from "bun:test"
import { stage } from "./browser/stage.ts"
const scene = stage()
const shot = async (v: any, n: string) => { await v.page.waitForTimeout(400); await v.page.screenshot({ path: `/tmp/ab/${n}.png` }) }
test("shots", async () => {
  const looks: [string, any][] = [["desk", {}], ["phone", { width: 360, height: 740, touch: true, dark: true }], ["small", { width: 480, height: 256 }], ["wide-short", { width: 900, height: 300 }]]
  const other = await (await scene.arrive()).join("Jonas")
  let i = 0
  for (const [name, look] of looks) {
    const alma = await (await scene.arrive(look)).join("Alma" + i++)
    await alma.open("Jonas")
    await alma.say("hello there")
    await other.open("Alma" + (i - 1))
    await other.say("by the river at noon, or later if it rains")
    await alma.sees("Jonas", "by the river at noon, or later if it rains")
    if (name !== "phone" ) await alma.page.getByRole("button", { name: "Add an emoji", exact: true }).click()
    else await alma.page.getByRole("button", { name: "Add an emoji", exact: true }).tap()
    await alma.page.getByRole("button", { name: "grinning face", exact: true }).waitFor()
    await shot(alma, name + "-picker")
    console.log(name, await alma.page.evaluate(`(async () => { const d = Alpine.$data(document.getElementById("emoji-picker")); const t = performance.now(); d.turnTo(1); await new Promise(r => setTimeout(r)); document.body.offsetHeight; return [performance.now() - t, document.querySelectorAll("#emoji-page button").length] })()`))
    await alma.page.keyboard.press("Escape")
    await alma.words.press("ArrowUp")
    await alma.page.keyboard.press("Enter")
    await shot(alma, name + "-menu-theirs")
    await alma.page.keyboard.press("Escape")
    await alma.page.keyboard.press("ArrowUp")
    await alma.page.keyboard.press("Enter")
    await shot(alma, name + "-menu-own")
    await alma.page.keyboard.press("ArrowRight")
    for (let k = 0; k < 6; k++) await alma.page.keyboard.press("ArrowRight")
    await alma.page.keyboard.press("Escape")
    await alma.page.keyboard.press("Enter")
    await alma.menu.getByRole("button", { name: "React with another emoji", exact: true }).press("Enter")
    await shot(alma, name + "-picker-message")
  }
}, 90000)
