import { test } from "bun:test"
import { stage } from "./browser/stage.ts"
const scene = stage()
test("perf", async () => {
    const alma = await (await scene.arrive({})).join("Alma")
    await alma.openEcho()
    await alma.page.getByRole("button", { name: "Add an emoji", exact: true }).click()
    await alma.page.getByRole("button", { name: "grinning face", exact: true }).waitFor()
    console.log(await alma.page.evaluate(`(async () => { const d = Alpine.$data(document.getElementById("emoji-picker")); const out = []
      for (let i = 1; i < 9; i++) { const t = performance.now(); d.turnTo(i % 2 ? 1 : 2); await new Promise(r => setTimeout(r)); const m = performance.now(); document.getElementById("emoji-page").offsetHeight; out.push([Math.round(m - t), Math.round(performance.now() - m)]) }
      const g = document.createElement("div"); g.className = "emoji-grid"; document.getElementById("emoji-page").append(g)
      for (let i = 0; i < 4; i++) { const t = performance.now(); g.replaceChildren(...Array.from({length:363}, (_, n) => { const b = document.createElement("button"); b.textContent = "😀"; b.title = b.ariaLabel = "n" + n; b.tabIndex = -1; return b })); const m = performance.now(); g.offsetHeight; out.push(["hand", Math.round(m-t), Math.round(performance.now()-m)]) }
      return JSON.stringify(out) })()`))
}, 90000)
