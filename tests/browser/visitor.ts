import type { Browser, BrowserContext, Locator, Page } from "playwright-core"

/** What a lost connection makes the browser itself say; nothing else may be said. */
const aboutTheNetwork = /WebSocket connection to|htmx:ws:error|net::ERR_|Failed to fetch/u

/** Milliseconds to wait for what must happen; generous, for nothing here is about speed. */
const patience = 20_000

/** Without it no composer is alive: what has to be held back for what is done before. */
export const alpine = /alpine\.min/u

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly javaScript?: boolean
  /** A screen that is pressed: no pointer that hovers. */
  readonly touch?: boolean
  /** As in "de-DE". */
  readonly locale?: string
  /** As in "Pacific/Auckland". */
  readonly timezoneId?: string
}

/** What all tabs of one browser profile share. */
interface Profile {
  readonly context: BrowserContext
  readonly home: string
  readonly complaints: string[]
  /** Ids of the people joined as. */
  readonly people: Set<string>
}

/** One person at one tab. */
export class Visitor {
  private constructor(
    readonly profile: Profile,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(patience)
    page.on("pageerror", (error) => this.complaints.push(`${error.name}: ${error.message}`))
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text())
    })
  }

  /** In a browser profile of their own. */
  static async arrive(browser: Browser, home: string, look: Look = {}): Promise<Visitor> {
    const { width = 1440, height = 900, javaScript = true, touch = false, ...elsewhere } = look
    const context = await browser.newContext({
      viewport: { width, height },
      javaScriptEnabled: javaScript,
      hasTouch: touch,
      isMobile: touch,
      ...elsewhere,
    })
    return new Visitor({ context, home, complaints: [], people: new Set() }, await context.newPage())
  }

  /** In another tab of this one's browser. */
  async anotherTab(): Promise<Visitor> {
    return new Visitor(this.profile, await this.profile.context.newPage())
  }

  /** Joins by the form, and waits until the page answers. */
  async join(name = ""): Promise<this> {
    await this.enter(name)
    await this.page.waitForLoadState("load")
    return this
  }

  /** As `join`, for what is done before the page's scripts have come. */
  async enter(name: string): Promise<void> {
    await this.page.goto(this.profile.home)
    await this.page.getByRole("textbox", { name: "Your name", exact: true }).fill(name)
    await this.page.getByRole("button", { name: "Join chat", exact: true }).click()
    await this.people.waitFor({ state: "attached" })
    this.profile.people.add(this.id)
  }

  /** All that the browser said was wrong, in any tab of this profile. */
  get complaints(): string[] {
    return this.profile.complaints
  }

  get people(): Locator {
    return this.page.getByRole("list", { name: "People online", exact: true })
  }

  get conversations(): Locator {
    return this.page.getByRole("list", { name: "Conversations", exact: true })
  }

  get words(): Locator {
    return this.page.getByRole("textbox", { name: "Message", exact: true })
  }

  /** The link to somebody in the list of people. */
  person(name: string): Locator {
    return this.people.getByRole("link", { name, exact: true })
  }

  talkWith(name: string): Locator {
    return this.page.getByRole("log", { name: `Conversation with ${name}`, exact: true })
  }

  /** Chooses somebody from the list, and waits until their conversation is there and answers. */
  async open(name: string): Promise<Locator> {
    await this.turnTo(name)
    await this.alive()
    return this.talkWith(name)
  }

  /** As `open`, for what is done before the page's scripts have come. */
  async turnTo(name: string): Promise<void> {
    await this.person(name).click()
    await this.talkWith(name).waitFor()
  }

  /** Before the page's scripts have come the first press waits for them; the second is followed without. */
  async turnToEarly(name: string): Promise<void> {
    await this.person(name).click()
    await this.turnTo(name)
  }

  /** The companion is in no list: the page offers it where nothing is open. */
  async openEcho(): Promise<void> {
    await this.page.getByRole("link", { name: "Talk to Echo", exact: true }).click()
    await this.talkWith("Echo").waitFor()
    await this.alive()
  }

  /** Until the open conversation answers: its composer, and the scripts that come with the first one. */
  async alive(): Promise<void> {
    await this.page.locator(".composer[data-alive]").waitFor()
    await this.ran("message/message.js")
  }

  /** Until this module of the page has run: like `sidebar/lists.js`. */
  async ran(module: string): Promise<void> {
    const known = "script[src$='/sidebar/lists.js']"
    await this.page.locator(known).waitFor({ state: "attached" })
    await this.page.evaluate(`import(new URL("../${module}", document.querySelector("${known}").src))`)
  }

  /** Has whatever is fetched from such an address wait until `release`; `asked` is when the first of it was asked for. */
  async holdBack(address: string | RegExp): Promise<{ asked: Promise<void>; release(): void }> {
    const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await this.page.route(address, async (route) => {
      asked.resolve()
      await released.promise
      // What the page gave up meanwhile needs no answer.
      await route.continue().catch(() => {})
    })
    return { asked: asked.promise, release: released.resolve }
  }

  async say(words: string): Promise<void> {
    await this.words.fill(words)
    await this.page.getByRole("button", { name: "Send", exact: true }).click()
  }

  /** Until these words stand in the conversation with `name`, and the server has them. */
  async sees(name: string, words: string): Promise<void> {
    await this.talkWith(name).locator("[id^=m-]").getByText(words, { exact: true }).first().waitFor()
  }

  /** All that is said in the conversation with `name`, in order. */
  async lines(name: string): Promise<string[]> {
    return await this.talkWith(name).locator(".words").allInnerTexts()
  }

  /** The line that says these words, and no others, where it is open. */
  line(words: string): Locator {
    const exactly = new RegExp(`^${RegExp.escape(words)}$`, "u")
    const said = this.page.locator(".words").filter({ hasText: exactly })
    return this.page.locator(".message").filter({ has: said }).first()
  }

  /** Until the tick beside these words says `progress`, as in "Delivered". */
  async ticks(words: string, progress: string): Promise<void> {
    await this.line(words).getByRole("img", { name: progress, exact: true }).waitFor({ state: "attached" })
  }

  /** Opens the menu of the line that says these words, and presses what is named. */
  async act(words: string, name: string): Promise<void> {
    await this.line(words).hover()
    await this.line(words).getByRole("button", { name: "Message actions", exact: true }).click()
    await this.menu.getByRole("button", { name, exact: true }).click()
  }

  /** The open menu of a message. */
  get menu(): Locator {
    return this.page.getByRole("dialog", { name: "Message actions", exact: true })
  }

  /** Somebody's row among the reader's own conversations. */
  row(name: string): Locator {
    return this.conversations.getByRole("link").filter({ hasText: name })
  }

  /** The id in the address: `/u/<id>/…`. */
  get id(): string {
    return new URL(this.page.url()).pathname.split("/")[2] ?? ""
  }

  /** Complaints that no lost connection explains. */
  get unexplained(): string[] {
    return this.complaints.filter((complaint) => !aboutTheNetwork.test(complaint))
  }

  async leave(): Promise<void> {
    await this.page.getByRole("button", { name: "Leave", exact: true }).click()
    await this.page.getByRole("button", { name: "Join chat", exact: true }).waitFor()
  }

  /** Everybody of this profile leaves, and its tabs close. */
  async close(): Promise<void> {
    const { context, home, people } = this.profile
    await Promise.all(context.pages().map((page) => page.close()))
    for (const id of people) await context.request.post(`${home}/u/${id}/leave`, { maxRedirects: 0 })
    await context.close()
  }
}

/** Looks again and again until `holds` does; for what no locator can wait for. */
export async function eventually(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const end = performance.now() + patience
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Never happened: ${what}`)
    await Bun.sleep(20)
  }
}
