import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"

const scene = stage({ MESSAGE_BURST: "0", MESSAGE_RATE: "0", FRAME_RATE: "0" })

test("a conversation is printed whole, in the light theme, with nothing around it", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const ruth = await V1Client.join(scene.url, "Ruth")
  await alma.open("Ruth")
  for (let i = 1; i <= 60; i++) ruth.say(alma.id, `line ${i}`)
  const long = Array.from({ length: 40 }, (_, i) => `verse ${i}`).join("\n")
  ruth.say(alma.id, long)
  await alma.page.locator(".fold").waitFor()
  await alma.page.emulateMedia({ media: "print", colorScheme: "dark" })
  const paper = await alma.page.evaluate<{ height: number; ground: string }>(`({
    height: document.documentElement.scrollHeight,
    ground: getComputedStyle(document.documentElement).colorScheme,
  })`)
  expect(paper.ground).toBe("light")
  const poem = alma.page.locator(".words", { hasText: "verse 39" })
  expect(await poem.evaluate((words) => words.scrollHeight - words.clientHeight)).toBe(0)
  for (const words of ["line 1", "line 60"]) {
    const { y = -1, height = 0 } = (await alma.line(words).boundingBox()) ?? {}
    expect(y).toBeWithin(0, paper.height - height)
  }
  expect(paper.height).toBeGreaterThan(60 * 30)
  expect(await alma.words.isVisible()).toBe(false)
  expect(await alma.people.isVisible()).toBe(false)
  ruth.send({ type: "leave" })
})
