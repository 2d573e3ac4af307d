import { gather, talk } from "./evening.ts"
import type { Scene, Visit } from "./scene.ts"

/** Scenes played on the real product, with real people behind them. */
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
    await page.goto(new URL("./", page.url()).href)
    await page.locator("#conversations .unread").waitFor()
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

/** By the button that a mouse finds beside a message; where there is none, by the key that opens the menu. */
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
