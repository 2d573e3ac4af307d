import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage({ MESSAGE_BURST: "0", MESSAGE_RATE: "0", FRAME_RATE: "0" })

/** Alma, and a robot that says what it is told to. */
async function talking(name: string): Promise<{ alma: Visitor; robot: V1Client; say(words: string): void }> {
  const alma = await (await scene.arrive({ height: 600 })).join("Alma")
  await alma.page.emulateMedia({ reducedMotion: "reduce" })
  const robot = await V1Client.join(scene.url, name)
  const say = (words: string) => robot.send({ type: "chat_message", receiver_id: alma.id, content: words })
  return { alma, robot, say }
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `line ${i + 1}`)
}

async function scrollBy(visitor: Visitor, pixels: number): Promise<void> {
  await visitor.page.locator(".scroller").evaluate((box, pixels) => {
    box.scrollTop += pixels
  }, pixels)
}

async function distance(visitor: Visitor): Promise<number> {
  return await visitor.page.locator(".scroller").evaluate((box) => Math.abs(box.scrollTop))
}

async function top(visitor: Visitor, words: string): Promise<number> {
  return Math.round((await visitor.line(words).boundingBox())?.y ?? Number.NaN)
}

async function isInSight(visitor: Visitor, words: string): Promise<boolean> {
  const box = await visitor.page.locator(".scroller").boundingBox()
  const line = await visitor.line(words).boundingBox()
  if (!box || !line) return false
  return line.y >= box.y && line.y + line.height <= box.y + box.height + 12
}

test("a reader at the end stays at the end; one further up stays there and is told how much is new", async () => {
  const { alma, robot, say } = await talking("Robin")
  await alma.open("Robin")
  for (const words of numbered(40)) say(words)
  await alma.sees("Robin", "line 40")
  expect(await distance(alma)).toBe(0)
  await scrollBy(alma, -500)
  const newest = alma.page.getByRole("button", { name: "Go to the newest message", exact: true })
  await newest.waitFor()
  const before = await top(alma, "line 25")
  say("over here")
  await alma.page.getByRole("button", { name: "1 new message, go to the newest", exact: true }).waitFor()
  say("and here")
  const button = alma.page.getByRole("button", { name: "2 new messages, go to the newest", exact: true })
  await button.waitFor()
  expect(await button.textContent()).toBe("2 new")
  await eventually(
    async () => Math.abs((await top(alma, "line 25")) - before) <= 1,
    "the reader's place holds",
  )
  await button.click()
  await eventually(() => isInSight(alma, "and here"), "the newest line is in sight")
  expect(await alma.page.locator(".latest").isVisible()).toBe(false)
  robot.send({ type: "leave" })
})

test("what comes below is not seen until its reader gets there, and the title counts it", async () => {
  const { alma, robot, say } = await talking("Rosa")
  await alma.open("Rosa")
  for (const words of numbered(40)) say(words)
  await alma.sees("Rosa", "line 40")
  await scrollBy(alma, -500)
  await alma.page.getByRole("button", { name: "Go to the newest message", exact: true }).waitFor()
  say("unseen")
  await eventually(async () => (await alma.page.title()) === "(1) Duet", "the title counts it")
  await alma.page.getByText("New", { exact: true }).waitFor()
  await alma.page.getByRole("button", { name: "1 new message, go to the newest", exact: true }).click()
  await eventually(async () => (await alma.page.title()) === "Rosa · Duet", "nothing is unread")
  const id = String(await alma.line("unseen").getAttribute("id")).slice(2)
  await robot.until(() => robot.frames.some((frame) => frame.status === "seen" && frame.message_id === id))
  await alma.say("I have read it")
  await alma.page.getByText("New", { exact: true }).waitFor({ state: "detached" })
  robot.send({ type: "leave" })
})

test("a batch that comes after all was seen has a divider of its own, and the one before it goes", async () => {
  const { alma, robot, say } = await talking("Rita")
  await alma.open("Rita")
  for (const words of numbered(40)) say(words)
  await alma.sees("Rita", "line 40")
  const divided = () => alma.page.locator(".fresh + .message .words").allTextContents()
  const newest = (count: string) =>
    alma.page.getByRole("button", { name: `${count}, go to the newest`, exact: true })
  await scrollBy(alma, -500)
  await alma.page.locator(".latest").waitFor()
  for (const words of ["first one", "first two"]) say(words)
  await newest("2 new messages").waitFor()
  expect(await divided()).toEqual(["first one"])
  await newest("2 new messages").click()
  await newest("2 new messages").waitFor({ state: "hidden" })
  expect(await divided()).toEqual(["first one"])
  await scrollBy(alma, -500)
  await alma.page.locator(".latest").waitFor()
  const before = await top(alma, "line 25")
  for (const words of ["second one", "second two"]) say(words)
  await newest("2 new messages").waitFor()
  expect(await divided()).toEqual(["second one"])
  await eventually(async () => Math.abs((await top(alma, "line 25")) - before) <= 1, "the place holds")
  robot.send({ type: "leave" })
})

test("a conversation with more unread than fits opens at the first of it, below a divider", async () => {
  const { alma, robot, say } = await talking("Rudi")
  const other = await V1Client.join(scene.url, "Other Rudi")
  await alma.open("Other Rudi")
  for (const words of numbered(60)) say(words)
  const row = alma.row("Rudi")
  await row.getByText("60 unread").waitFor({ state: "attached" })
  await row.click()
  await alma.sees("Rudi", "line 60")
  expect(await isInSight(alma, "line 1")).toBe(true)
  expect(
    await alma.page
      .locator(".fresh + .message, .fresh + .day + .message")
      .first()
      .locator(".words")
      .textContent(),
  ).toBe("line 1")
  await alma.page.getByRole("button", { name: "60 new messages, go to the newest", exact: true }).click()
  await row.locator(".unread").waitFor({ state: "detached" })
  await alma.page.reload()
  await alma.sees("Rudi", "line 60")
  expect(await alma.page.locator(".fresh").count()).toBe(0)
  robot.send({ type: "leave" })
  other.send({ type: "leave" })
})

test("a reload, and a look at another conversation, find the reader where they were", async () => {
  const { alma, robot, say } = await talking("Ruth")
  const other = await V1Client.join(scene.url, "Other Ruth")
  await alma.open("Ruth")
  for (const words of numbered(60)) say(words)
  await robot.next(({ message }) => JSON.stringify(message)?.includes("line 60") ?? false)
  await robot.next(({ status, message_id }) => status === "seen" && message_id === robot.idOf("line 60"))
  await scrollBy(alma, -700)
  await alma.page.locator(".latest").waitFor()
  const before = await top(alma, "line 40")
  await alma.page.reload()
  await alma.page.locator(".latest").waitFor()
  expect(await top(alma, "line 40")).toBeWithin(before - 1, before + 2)
  await alma.open("Other Ruth")
  await alma.row("Ruth").click()
  await alma.page.locator(".latest").waitFor()
  expect(await top(alma, "line 40")).toBeWithin(before - 1, before + 2)
  await alma.page.locator(".latest").click()
  await alma.page.reload()
  await alma.sees("Ruth", "line 60")
  expect(await distance(alma)).toBe(0)
  robot.send({ type: "leave" })
  other.send({ type: "leave" })
})

test("writing brings the reader to the newest line, and is there again after a look at another conversation or a reload", async () => {
  const { alma, robot, say } = await talking("Rolf")
  const other = await V1Client.join(scene.url, "Other Rolf")
  await alma.open("Rolf")
  for (const words of numbered(60)) say(words)
  await alma.sees("Rolf", "line 60")
  await scrollBy(alma, -700)
  await alma.page.locator(".latest").waitFor()
  await alma.say("from further up")
  await alma.sees("Rolf", "from further up")
  expect(await distance(alma)).toBe(0)
  await alma.open("Other Rolf")
  await alma.row("Rolf").filter({ hasText: "from further up" }).click()
  await alma.sees("Rolf", "from further up")
  expect(await distance(alma)).toBe(0)
  await alma.page.reload()
  await alma.sees("Rolf", "from further up")
  expect(await distance(alma)).toBe(0)
  robot.send({ type: "leave" })
  other.send({ type: "leave" })
})
