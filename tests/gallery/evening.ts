import type { Page } from "playwright-core"
import type { V1Client } from "../support/v1-client.ts"
import type { Visit } from "./scene.ts"

const company = ["Zoë K.", "Swift Finch", "Tall Birch", "Amira", "Noor", "Priya"]

/** Alma at the page, Jonas and the others with plain clients. */
export interface Evening {
  readonly page: Page
  readonly alma: string
  readonly jonas: V1Client
  readonly others: readonly V1Client[]
  /** Alma writes, and Jonas's client confirms it. */
  says(words: string): Promise<void>
  /** Jonas writes, and Alma's page shows it. */
  hears(words: string, replyTo?: string): Promise<void>
}

/** Everybody is online, and nobody has written. */
export async function gather({ page, cast }: Visit): Promise<Evening> {
  const jonas = await cast.joins("Jonas")
  const others: V1Client[] = []
  for (const name of company) others.push(await cast.joins(name))
  await cast.arrives(page, "Alma", ["Jonas", ...company])
  const alma = cast.idOf("Alma")
  const shown = (words: string) =>
    page.getByRole("log").locator("[id^=m-]").getByText(words, { exact: true }).waitFor()
  return {
    page,
    alma,
    jonas,
    others,
    async says(words) {
      await page.getByRole("textbox", { name: "Message", exact: true }).fill(words)
      await page.getByRole("button", { name: "Send", exact: true }).click()
      await shown(words)
      const { seq } = await jonas.next(
        ({ type, message }) => type === "chat_message" && contentOf(message) === words,
      )
      jonas.send({ type: "ack", seq })
    },
    async hears(words, replyTo) {
      jonas.send({ type: "chat_message", receiver_id: alma, content: words, reply_to: replyTo })
      await shown(words)
    },
  }
}

export async function open({ page }: Visit, name: string): Promise<void> {
  await page.getByRole("list", { name: "People online" }).getByRole("link", { name, exact: true }).click()
  await page.getByRole("log", { name: `Conversation with ${name}` }).waitFor()
}

/** Alma and Jonas talk; Zoë writes too, and Tall Birch is offline for a moment. */
export async function talk(visit: Visit): Promise<Evening> {
  const evening = await gather(visit)
  const { page, alma, jonas, others, says, hears } = evening
  await open(visit, "Jonas")
  await says("Are you coming tonight?")
  await says("The place by the river, where the lanterns are")
  await hears("Yes! I thought you would never ask")
  const asked = { peer_id: alma, message_id: jonas.idOf("Are you coming tonight?") }
  jonas.send({ type: "react", ...asked, emoji: "❤️" })
  await page.locator(".reaction").waitFor()
  await hears("Is that the one with the wobbly tables?")
  await says("That one. They have folded a napkin under ours")
  await hears("I know it, then. Eight?", jonas.idOf("The place by the river, where the lanterns are"))
  await says("Eight. I bring the cards, you bring the luck 🎉")
  await hears("Last time I brought both")
  const last = jonas.idOf("Eight. I bring the cards, you bring the luck 🎉")
  jonas.send({ type: "seen", peer_id: alma, message_id: last })
  await page.locator(`[id="m-${last}"][data-progress="seen"]`).waitFor()
  const lastHeard = jonas.idOf("Last time I brought both")
  await jonas.next(({ status, message_id }) => status === "seen" && message_id === lastHeard)
  others[2]?.send({ type: "status", status: "away" })
  await page.locator("#people .avatar[data-status=away]").waitFor({ state: "attached" })
  others[0]?.say(alma, "The book you lent me is too good. I missed my stop, twice")
  await page.getByText("The book you lent me").waitFor({ state: "attached" })
  return evening
}

function contentOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "content" in message ? message.content : undefined
}
