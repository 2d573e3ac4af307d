import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage({ MESSAGE_BURST: "0", MESSAGE_RATE: "0", BYTE_RATE: "0" })

interface Talking {
  readonly alma: Visitor
  readonly robot: V1Client
  say(words: string, replyTo?: string): void
}

/** Alma, who has seen these words of a robot's and opens them anew; and the robot, to say more. */
async function opened(name: string, words: readonly string[]): Promise<Talking> {
  const talking = await arrived(name)
  const { alma, robot } = talking
  await alma.open(name)
  for (const each of words) talking.say(each)
  const last = words.at(-1) ?? ""
  await alma.sees(name, last)
  await robot.next(({ status, message_id }) => status === "seen" && message_id === robot.idOf(last))
  await alma.page.reload()
  await alma.alive()
  return talking
}

async function arrived(name: string): Promise<Talking> {
  const alma = await (await scene.arrive({ height: 600 })).join("Alma")
  await alma.page.emulateMedia({ reducedMotion: "reduce" })
  const robot = await V1Client.join(scene.url, name)
  const say = (content: string, reply_to?: string) =>
    robot.send({ type: "chat_message", receiver_id: alma.id, content, reply_to })
  return { alma, robot, say }
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `line ${i + 1}`)
}

/** What stands in the transcript, top to bottom. */
async function lines({ page }: Visitor): Promise<string[]> {
  return await page.locator(".transcript .words").allTextContents()
}

async function scrollToTop({ page }: Visitor): Promise<void> {
  await page.locator(".scroller").evaluate((box) => {
    box.scrollTop = -box.scrollHeight
  })
}

async function top(visitor: Visitor, words: string): Promise<number> {
  return Math.round((await visitor.line(words).boundingBox())?.y ?? Number.NaN)
}

/** Scrolls up until the beginning is there. */
async function scrollToBeginning(alma: Visitor): Promise<void> {
  await eventually(async () => {
    await scrollToTop(alma)
    return await alma.page.locator(".beginning, .earlier:not(.sooner)").isVisible()
  }, "the beginning")
}

test("a conversation begins with its newest 50 lines, and earlier ones come as the reader scrolls up, each once", async () => {
  const { alma, robot } = await opened("Eva", numbered(180))
  expect(await lines(alma)).toEqual(numbered(180).slice(130))
  await scrollToBeginning(alma)
  expect(await lines(alma)).toEqual(numbered(180))
  expect(await alma.page.locator(".day").count()).toBe(1)
  // One run from the first line to the last: every one touches the next.
  expect(await alma.page.locator(".message:not([data-run-above])").count()).toBe(1)
  expect(await alma.page.locator(".message:not([data-run-below])").count()).toBe(1)
  robot.send({ type: "leave" })
})

test("what the reader looks at stays where it is while earlier lines come above it", async () => {
  const { alma, robot } = await opened("Enno", numbered(160))
  const held = await alma.holdBack(/\?before=/u)
  await scrollToTop(alma)
  await held.asked
  await alma.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
  const before = await top(alma, "line 115")
  held.release()
  await alma.line("line 70").waitFor({ state: "attached" })
  await alma.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
  expect(await top(alma, "line 115")).toBeWithin(before - 1, before + 2)
  robot.send({ type: "leave" })
})

test("a reader with more unread than a page begins at the first of it, and all counts until it is read", async () => {
  const { alma, robot, say } = await arrived("Ewald")
  for (const words of numbered(130)) say(words)
  const row = alma.row("Ewald")
  await row.getByText("99+ unread").waitFor({ state: "attached" })
  await row.click()
  await alma.sees("Ewald", "line 1")
  await eventually(async () => {
    const box = await alma.page.locator(".scroller").boundingBox()
    const at = await top(alma, "line 1")
    return box !== null && at >= box.y && at < box.y + 100
  }, "the first unread line is in sight")
  expect(await alma.page.locator(".fresh").count()).toBe(1)
  expect(await alma.page.locator(".fresh + .message .words").textContent()).toBe("line 1")
  expect(robot.frames.some(({ status }) => status === "seen")).toBe(false)
  const button = alma.page.getByRole("button", { name: "130 new messages, go to the newest", exact: true })
  await button.click()
  await row.locator(".unread").waitFor({ state: "detached" })
  robot.send({ type: "leave" })
})

test("a reload finds the reader where they were, further up than a page", async () => {
  const { alma, robot } = await opened("Edda", numbered(180))
  await scrollToBeginning(alma)
  await alma.line("line 40").evaluate((line) => line.scrollIntoView({ block: "center" }))
  await alma.page.locator(".latest").waitFor()
  const before = await top(alma, "line 40")
  await alma.page.reload()
  await alma.line("line 40").waitFor({ state: "attached" })
  await eventually(async () => Math.abs((await top(alma, "line 40")) - before) <= 2, "the place is found")
  robot.send({ type: "leave" })
})

test("a quote says what it answers, however far up that is, and leads there", async () => {
  const { alma, robot, say } = await opened("Emil", numbered(180))
  say("that one", robot.idOf("line 20"))
  await alma.sees("Emil", "that one")
  await alma.page.reload()
  await alma.alive()
  const quote = alma.line("that one").locator(".quote")
  expect(await quote.textContent()).toBe("line 20")
  expect(await quote.getAttribute("aria-disabled")).toBeNull()
  await quote.click()
  await alma.page.locator(".message.found").filter({ hasText: "line 20" }).waitFor()
  robot.send({ type: "leave" })
})

test("words are found in lines that are not on the page yet, and the first of them comes into sight", async () => {
  const { alma, robot } = await opened("Elke", ["a needle", ...numbered(170), "another needle"])
  await alma.page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
  const field = alma.page.getByRole("searchbox", { name: "Words to find", exact: true })
  await field.fill("needle")
  await alma.page.locator(".find-words output").getByText("1 of 2", { exact: true }).waitFor()
  await field.fill("a needle")
  await alma.page.locator(".find-words output").getByText("1 of 1", { exact: true }).waitFor()
  await eventually(
    async () =>
      (await alma.line("a needle").boundingBox())?.y !== undefined && (await top(alma, "a needle")) > 0,
    "it is in sight",
  )
  robot.send({ type: "leave" })
})

test("what cannot be fetched is said and can be tried again, and nobody is led away", async () => {
  const { alma, robot } = await opened("Ella", numbered(120))
  const address = alma.page.url()
  await alma.page.route(/\?before=/u, (route) => route.fulfill({ status: 503, body: "no" }))
  await scrollToTop(alma)
  await alma.page.getByText("Earlier messages could not be fetched.").waitFor()
  expect(alma.page.url()).toBe(address)
  await alma.page.unroute(/\?before=/u)
  await alma.page.getByRole("link", { name: "Try again", exact: true }).press("Enter")
  await alma.line("line 60").waitFor({ state: "attached" })
  await alma.page.locator(".message:focus").filter({ hasText: "line 70" }).waitFor()
  alma.complaints.length = 0
  robot.send({ type: "leave" })
})

test("a reaction that comes while earlier lines are on their way is on them", async () => {
  const { alma, robot } = await opened("Egon", numbered(80))
  const { promise: taken, resolve: take } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  let first = true
  await alma.page.route(/\?before=/u, async (route) => {
    const answer = await route.fetch()
    if (first) {
      first = false
      take()
      await released
    }
    await route.fulfill({ response: answer })
  })
  await scrollToTop(alma)
  await taken
  robot.send({ type: "react", peer_id: alma.id, message_id: robot.idOf("line 10"), emoji: "🎉" })
  await robot.next(({ type }) => type === "message_changed")
  robot.send({ type: "chat_message", receiver_id: alma.id, content: "after it" })
  await alma.sees("Egon", "after it")
  release()
  await alma.line("line 10").locator(".reaction").waitFor({ state: "attached" })
  expect(await lines(alma)).toEqual([...numbered(80), "after it"])
  robot.send({ type: "leave" })
})

test("constant reactions to earlier lines keep nobody from them", async () => {
  const { alma, robot, say } = await opened("Eike", numbered(80))
  let asked = 0
  await alma.page.route(/\?before=/u, async (route) => {
    const answer = await route.fetch()
    if (++asked < 5) {
      const emoji = ["🎉", "👍"][asked % 2]
      robot.send({ type: "react", peer_id: alma.id, message_id: robot.idOf("line 10"), emoji })
      say(`after ${asked}`)
      await alma.sees("Eike", `after ${asked}`)
    }
    await route.fulfill({ response: answer })
  })
  await scrollToTop(alma)
  const reaction = alma.line("line 10").locator(".reaction")
  await reaction.waitFor({ state: "attached" })
  expect(asked).toBe(1)
  expect(await reaction.textContent()).toContain("👍")
  expect(await lines(alma)).toEqual([...numbered(80), "after 1"])
  robot.send({ type: "leave" })
})

test("of lines that come late a screen reader is told nothing", async () => {
  const { alma, robot } = await opened("Erna", numbered(120))
  const { listen } = await import("../announcements.ts")
  const said = await listen(alma.page)
  await scrollToBeginning(alma)
  expect((await said()).filter((words) => /line \d|Today/u.test(words))).toEqual([])
  robot.send({ type: "leave" })
})

test("without scripts a link leads to earlier messages, and from there to the newest", async () => {
  const { alma, robot } = await opened("Ernst", numbered(120))
  const plain = await alma.profile.context.browser()?.newContext({ javaScriptEnabled: false })
  if (!plain) throw new Error("No browser")
  await plain.addCookies(await alma.profile.context.cookies(alma.page.url()))
  const page = await plain.newPage()
  await page.goto(alma.page.url())
  await page.getByRole("link", { name: "Earlier messages", exact: true }).click()
  expect((await page.locator(".transcript .words").allTextContents()).at(-1)).toBe("line 70")
  await page.getByRole("link", { name: "Go to the newest messages", exact: true }).click()
  expect((await page.locator(".transcript .words").allTextContents()).at(-1)).toBe("line 120")
  await plain.close()
  robot.send({ type: "leave" })
})
