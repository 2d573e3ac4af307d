/** Takes `docs/conversation.png`, the picture that the README shows: `bun scripts/picture.ts`. */
import type { Page } from "playwright-core"
import { launchChromium } from "../tests/support/chromium.ts"
import { startDuet } from "../tests/support/duet.ts"
import { V1Client } from "../tests/support/v1-client.ts"

const others = ["Zoë K.", "Swift Finch", "Tall Birch", "Amira", "Noor", "Priya"]

const duet = await startDuet()
const browser = await launchChromium()
try {
  const jonas = await V1Client.join(duet.url, "Jonas")
  const company = await Promise.all(others.map((name) => V1Client.join(duet.url, name)))
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 })
  await join(page, "Alma")
  await talk(page, jonas, company)
  await page.screenshot({ path: "docs/conversation.png" })
} finally {
  await browser.close()
  await duet.stop()
}

async function join(page: Page, name: string): Promise<void> {
  await page.goto(duet.url)
  await page.getByRole("textbox", { name: "Your name", exact: true }).fill(name)
  await page.getByRole("button", { name: "Join chat", exact: true }).click()
  await page.getByRole("link", { name: "Jonas", exact: true }).click()
}

async function talk(page: Page, jonas: V1Client, company: V1Client[]): Promise<void> {
  const log = page.getByRole("log")
  const alma = new URL(page.url()).pathname.split("/")[2] ?? ""
  const hear = (words: string) => log.locator("[id^=m-]").getByText(words, { exact: true }).waitFor()
  const answers = async (words: string, replyTo?: string): Promise<void> => {
    jonas.send({ type: "chat_message", receiver_id: alma, content: words, reply_to: replyTo })
    await hear(words)
  }
  const says = async (words: string): Promise<void> => {
    await page.getByRole("textbox", { name: "Message", exact: true }).fill(words)
    await page.getByRole("button", { name: "Send", exact: true }).click()
    await hear(words)
    const { seq } = await jonas.next(
      ({ type, message }) => type === "chat_message" && contentOf(message) === words,
    )
    jonas.send({ type: "ack", seq })
  }
  await says("Are you coming tonight?")
  await says("The place by the river, where the lanterns are")
  await answers("Yes! I thought you would never ask")
  jonas.send({ type: "react", peer_id: alma, message_id: jonas.idOf("Are you coming tonight?"), emoji: "❤️" })
  await answers("Is that the one with the wobbly tables?")
  await says("That one. They have folded a napkin under ours")
  await answers("I know it, then. Eight?", jonas.idOf("The place by the river, where the lanterns are"))
  await says("Eight. I bring the cards, you bring the luck 🎉")
  await answers("Last time I brought both")
  jonas.send({
    type: "seen",
    peer_id: alma,
    message_id: jonas.idOf("Eight. I bring the cards, you bring the luck 🎉"),
  })
  company[2]?.send({ type: "status", status: "away" })
  company[0]?.say(alma, "The book you lent me is too good. I missed my stop, twice")
  await page.getByText("The book you lent me").waitFor()
  jonas.send({ type: "typing", receiver_id: alma, is_typing: true })
  await page.mouse.move(0, 0)
  await page.evaluate("new Promise((done) => setTimeout(done, 600))")
}

function contentOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "content" in message ? message.content : undefined
}
