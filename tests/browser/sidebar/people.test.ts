import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

test("a new name is everybody's to see, and is kept", async () => {
  const jonas = await (await scene.arrive()).join("Jonas")
  const alma = await (await scene.arrive()).join("Alma")
  await jonas.open("Alma")
  await jonas.say("hello")
  await rename(alma)
  await jonas.person("Alma the Second").waitFor()
  await jonas.page.locator(".peer").getByText("Alma the Second", { exact: true }).waitFor()
  await isKept(alma)
})

test("a new name is kept with scripts off too", async () => {
  const alma = await (await scene.arrive({ javaScript: false })).join("Alma")
  await rename(alma)
  await alma.page.locator(".me .name").getByText("Alma the Second", { exact: true }).waitFor()
  await isKept(alma)
})

async function rename({ page }: Visitor): Promise<void> {
  await page.locator(".me").click()
  await page.getByRole("textbox", { name: "Your name", exact: true }).fill("Alma the Second")
  await page.getByRole("button", { name: "Rename", exact: true }).click()
}

async function isKept({ page }: Visitor): Promise<void> {
  await page.goto(scene.url)
  await page.getByRole("link", { name: /Continue as Alma the Second/u }).click()
  await page.locator(".me .name").getByText("Alma the Second", { exact: true }).waitFor()
}

test("a renamed person has the new name everywhere in a conversation that is open, where what its reader writes is kept", async () => {
  const [alma, jonas] = await scene.talking("hello")
  await alma.act("hello", "React with 👍")
  await jonas.act("hello", "Reply")
  await jonas.words.fill("half a sentence")
  await jonas.page.locator(".peer-menu > button").click()
  await jonas.page.getByRole("button", { name: "Mute Alma", exact: true }).waitFor()
  await alma.page.locator(".me").click()
  await alma.page.getByRole("textbox", { name: "Your name", exact: true }).fill("Alina")
  await alma.page.getByRole("button", { name: "Rename", exact: true }).click()
  await jonas.talkWith("Alina").waitFor()
  await eventually(async () => (await jonas.page.title()) === "Alina · Duet", "the title has the new name")
  expect(await jonas.words.getAttribute("placeholder")).toBe("Message Alina")
  expect(await jonas.words.inputValue()).toBe("half a sentence")
  await jonas.page.getByText("Reply to Alina", { exact: true }).waitFor()
  await alma.words.fill("what I")
  await jonas.page.locator(".typing-bubble").getByText("Alina is typing", { exact: true }).waitFor()
  await jonas.line("hello").locator(".reaction").hover()
  expect(await jonas.line("hello").locator(".reaction").getAttribute("title")).toBe("Alina")
  await jonas.page.getByRole("button", { name: "Block Alina", exact: true }).waitFor()
  await jonas.page.getByRole("button", { name: "Mute Alina", exact: true }).click()
  await jonas.page.getByText("Alina is muted: nothing reminds you of them.", { exact: true }).waitFor()
})

test("another tab of the one who is renamed shows the new name too", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const second = await alma.anotherTab()
  await second.page.goto(alma.page.url())
  const robot = await V1Client.join(scene.url, "Robot")
  await second.person("Robot").waitFor()
  await alma.page.locator(".me").click()
  await alma.page.getByRole("textbox", { name: "Your name", exact: true }).fill("Alina")
  await alma.page.getByRole("button", { name: "Rename", exact: true }).click()
  await second.page.locator(".me .name").getByText("Alina", { exact: true }).waitFor()
  robot.send({ type: "leave" })
})

test("nothing from somebody blocked arrives, they are told nothing, and it can be taken back", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await (await scene.arrive()).join("Jonas")
  const second = await alma.anotherTab()
  await second.page.goto(alma.page.url())
  await alma.open("Jonas")
  await jonas.open("Alma")
  await jonas.say("hello")
  await alma.sees("Jonas", "hello")
  await alma.page.getByLabel("About this conversation", { exact: true }).click()
  await alma.page.getByRole("button", { name: "Block Jonas", exact: true }).click()
  await alma.page.getByText("You blocked Jonas").waitFor()
  for (const tab of [alma, second]) {
    const note = tab.row("Jonas").locator(".last[data-note='Blocked']")
    await note.waitFor()
  }
  await jonas.say("can you hear me?")
  await jonas.sees("Alma", "can you hear me?")
  await alma.page.locator(".me").click()
  await alma.page.locator(".me-menu").getByRole("button", { name: "Unblock Jonas", exact: true }).click()
  await alma.page.getByText("You blocked Jonas").waitFor({ state: "detached" })
  await jonas.say("and now?")
  await alma.sees("Jonas", "and now?")
  expect(await alma.lines("Jonas")).toEqual(["hello", "and now?"])
  await jonas.ticks("and now?", "Seen")
  const progress = () => jonas.line("can you hear me?").getAttribute("data-progress")
  expect(await progress()).toBe("accepted")
  await jonas.page.reload()
  await jonas.ticks("and now?", "Seen")
  expect(await progress()).toBe("accepted")
  await eventually(
    async () => (await alma.row("Jonas").locator(".last").getAttribute("data-note")) === null,
    "the list says nothing of a block",
  )
})

test("somebody who leaves before a word was said is shown to have left where they are open", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const robot = await V1Client.join(scene.url, "Robot")
  await alma.open("Robot")
  await alma.page.locator(".peer").getByText("online", { exact: true }).waitFor()
  robot.send({ type: "leave" })
  await alma.page.locator(".peer").getByText("left", { exact: true }).waitFor()
  await alma.page.locator(".peer").getByText("Robot", { exact: true }).waitFor()
})
