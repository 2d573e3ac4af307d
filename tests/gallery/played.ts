import { gather, open, talk } from "./evening.ts"
import type { Scene, Visit } from "./scene.ts"

/** Scenes on the real product, with real clients. */
export const played: readonly Scene[] = [
  scene("list", async (visit) => {
    await gather(visit)
  }),
  scene("chat", async (visit) => {
    const { jonas, alma, page } = await talk(visit)
    jonas.send({ type: "typing", receiver_id: alma, is_typing: true })
    await page.locator("[data-typing] .typing-bubble").waitFor()
  }),
  scene("chat-list", async (visit) => {
    const { page } = await talk(visit)
    const list = new URL("./", page.url()).href
    await page.goto(list)
    await open(visit, "Amira")
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("Do you still have the red lamp?")
    await page.goto(list)
    await page.locator("#conversations .unread").waitFor()
    await page.locator("#people [data-kind=draft]").waitFor()
  }),
  scene("reply", async (visit) => {
    const { page } = await talk(visit)
    await act(visit, "I know it, then. Eight?", "Reply")
    await page.getByText("Reply to Jonas").waitFor()
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("Eight it is")
  }),
  scene("message-menu", async (visit) => {
    const { page } = await talk(visit)
    await menuOf(visit, "Is that the one with the wobbly tables?")
    await page.getByRole("button", { name: "Reply", exact: true }).waitFor()
  }),
  scene("emoji", async (visit) => {
    const { page } = await talk(visit)
    await page.getByRole("button", { name: "Add an emoji", exact: true }).click()
    const picker = page.getByRole("dialog", { name: "Emoji", exact: true })
    await picker.getByRole("searchbox").fill("heart")
    await picker.getByText("❤️", { exact: true }).first().waitFor()
  }),
  scene("find", async (visit) => {
    const { page } = await talk(visit)
    await page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
    await page.getByRole("searchbox", { name: "Words to find", exact: true }).fill("table")
    await page.getByText(/^1 of \d$/u).waitFor()
  }),
  scene("keys", async (visit) => {
    const { page } = await talk(visit)
    await page.locator(".scroller").focus()
    await page.keyboard.press("?")
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor()
  }),
  scene("search", async (visit) => {
    const { page } = await talk(visit)
    if (visit.look === "phone") await page.goto(new URL("./", page.url()).href)
    await page.getByRole("searchbox", { name: "Find a person" }).fill("a")
    await page.locator("#found .row").first().waitFor()
  }),
  scene("unread", async (visit) => {
    const { page, jonas, alma, hears } = await talk(visit)
    for (let i = 1; i <= 12; i++) await hears(`Verse ${i} of the song that they played last time`)
    await page.evaluate("document.querySelector('.scroller').scrollTop = -100000")
    await page.locator(".latest").waitFor()
    for (const words of ["By the way", "They have opened a second room", "With a piano"])
      jonas.say(alma, words)
    await page.getByRole("button", { name: /3 new messages/u }).waitFor()
  }),
  scene("earlier", async (visit) => {
    const { page, hears } = await talk(visit)
    for (let i = 1; i <= 60; i++) await hears(`Verse ${i} of the song that they played last time`)
    await page.reload()
    await page.locator("[data-alive]").first().waitFor()
    await page.context().setOffline(true)
    await page.evaluate("document.querySelector('.scroller').scrollTop = -100000")
    await page.getByText("Earlier messages could not be fetched.").waitFor()
  }),
  scene("undelivered", async (visit) => {
    const { page, jonas } = await talk(visit)
    await page.getByRole("textbox", { name: "Message", exact: true }).fill("One more thing before you go")
    await page.getByRole("button", { name: "Send", exact: true }).click()
    await jonas.next(
      ({ type, message }) => type === "chat_message" && /One more/u.test(JSON.stringify(message)),
    )
    jonas.send({ type: "leave" })
    await page.getByText("Not delivered: they had left.").waitFor()
    await page.locator(".talk-footer .notice").waitFor()
  }),
  scene("offline", async (visit) => {
    const { page } = await talk(visit)
    await page.context().setOffline(true)
    await page.getByText("You are offline").waitFor()
    await page
      .getByRole("textbox", { name: "Message", exact: true })
      .fill("This waits here until we are back")
    await page.getByRole("button", { name: "Send", exact: true }).click()
    await page.getByRole("img", { name: "Waiting to be sent" }).waitFor()
  }),
]

function scene(name: string, play: (visit: Visit) => Promise<void>): Scene {
  return { name, pictured: true, play }
}

async function act(visit: Visit, words: string, name: string): Promise<void> {
  await menuOf(visit, words)
  await visit.page.getByRole("dialog", { name: "Message actions" }).getByRole("button", { name }).click()
}

/** Opens a message's menu by the button beside it; where there is none, by the key. */
async function menuOf({ page, look }: Visit, words: string): Promise<void> {
  const line = page
    .locator("article")
    .filter({ has: page.locator(".words").getByText(words, { exact: true }) })
  if (look === "phone") {
    await line.focus()
    await page.keyboard.press("Enter")
  } else {
    await line.hover()
    await line.getByRole("button", { name: "Message actions" }).click()
  }
}
