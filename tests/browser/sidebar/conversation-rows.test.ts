import { expect, test } from "bun:test"
import type { V1Client } from "../../support/v1-client.ts"
import { robots } from "../robots.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

const arrive = robots(scene)

/** Alma, whom Ada, Ben and Cem have written to in that order; `frames` are those of her list from then on. */
async function written() {
  const alma = await scene.arrive()
  const frames: string[] = []
  alma.page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (String(payload).startsWith('{"event":"conversations"')) frames.push(String(payload))
    })
  })
  await alma.join("Alma")
  const [ada, ben, cem] = [await arrive("Ada"), await arrive("Ben"), await arrive("Cem")]
  for (const [n, robot] of [ada, ben, cem].entries()) {
    robot.say(alma.id, "hello")
    await eventually(async () => (await names(alma)).length === n + 1, "the row is there")
  }
  frames.length = 0
  return { alma, ada, ben, cem, frames }
}

function names({ conversations }: Visitor): Promise<string[]> {
  return conversations.locator(".name").allTextContents()
}

/** Says something, and waits until its row is the first. */
async function rises(robot: V1Client, { alma, name, words }: { alma: Visitor; name: string; words: string }) {
  robot.say(alma.id, words)
  await eventually(async () => (await names(alma))[0] === name, `${name} is at the top`)
}

test("a message brings its own row to the top, with what is unread, and sends no other (C25)", async () => {
  const { alma, ada, frames } = await written()
  expect(await names(alma)).toEqual(["Cem", "Ben", "Ada"])
  await alma.page.evaluate(
    "for (const row of document.querySelectorAll('#conversations > li')) row.before = true",
  )
  await rises(ada, { alma, name: "Ada", words: "me again" })
  expect(await names(alma)).toEqual(["Ada", "Cem", "Ben"])
  const row = alma.row("Ada")
  expect(await row.locator(".unread").getAttribute("data-unread")).toBe("2")
  expect(await row.locator(".preview").textContent()).toBe("me again")
  expect(frames.map((frame) => frame.match(/<li /gu)?.length)).toEqual([1])
  expect(
    await alma.page.evaluate(
      "[...document.querySelectorAll('#conversations > li')].every((row) => row.before)",
    ),
  ).toBe(true)
})

test("a row that has come by itself opens its conversation (C25)", async () => {
  const { alma } = await written()
  await alma.page.evaluate("window.isSame = true")
  await alma.row("Ben").click()
  await alma.sees("Ben", "hello")
  expect(await alma.row("Ben").getAttribute("aria-current")).toBe("page")
  expect(await alma.page.evaluate("window.isSame")).toBe(true)
})

test("a row that rises keeps the focus, and others their drafts (C25)", async () => {
  const { alma, ada, cem } = await written()
  await alma.open("Ben")
  await alma.words.fill("not yet")
  await alma.open("Cem")
  const draft = alma.row("Ben").locator("[data-note]")
  expect(await draft.getAttribute("data-note")).toBe("Draft: not yet")
  await alma.row("Ada").focus()
  await rises(ada, { alma, name: "Ada", words: "look here" })
  expect(await alma.page.evaluate("document.activeElement.querySelector('.name')?.textContent")).toBe("Ada")
  await rises(cem, { alma, name: "Cem", words: "and here" })
  expect(await alma.page.evaluate("document.activeElement.querySelector('.name')?.textContent")).toBe("Ada")
  expect(await draft.getAttribute("data-note")).toBe("Draft: not yet")
})

test("rows that would move under a mouse wait until it rests, and are then all in their places (C25)", async () => {
  const { alma, ada, ben, frames } = await written()
  await alma.row("Cem").hover()
  await alma.page.clock.install()
  await alma.page.clock.pauseAt(Date.now() + 60_000)
  await alma.row("Ben").hover()
  ada.say(alma.id, "first")
  await eventually(() => frames.length === 1, "one change has come")
  ben.say(alma.id, "second")
  await eventually(() => frames.length === 2, "and another")
  await alma.page.evaluate("fetch('/health/live')")
  expect(await names(alma)).toEqual(["Cem", "Ben", "Ada"])
  await alma.page.clock.runFor(1300)
  await eventually(async () => (await names(alma)).join() === "Ben,Ada,Cem", "all are in their places")
  expect(await alma.row("Ada").locator(".preview").textContent()).toBe("first")
})
