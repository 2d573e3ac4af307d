import { expect, test } from "bun:test"
import type { Page, WebSocket } from "playwright-core"
import { TcpRelay } from "../support/tcp-relay.ts"
import { stage } from "./stage.ts"
import { eventually, Visitor } from "./visitor.ts"

const scene = stage()

const menu = (visitor: Visitor) => visitor.page.locator(".me-menu > summary")
const radio = (visitor: Visitor, name: string) => visitor.page.getByRole("radio", { name, exact: true })
const ground = (page: Page) => page.evaluate(`getComputedStyle(document.body.parentElement).backgroundColor`)
const light = "oklch(0.986 0.003 95)"
const dark = "oklch(0.18 0.01 265)"

test("a chosen theme holds at once in all tabs, from the first paint of every page, and until it is taken back", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const other = await alma.anotherTab()
  await other.page.goto(alma.page.url())
  await other.people.waitFor({ state: "attached" })
  expect(await ground(alma.page)).toBe(light)
  await menu(alma).click()
  await radio(alma, "System").and(alma.page.locator(":checked")).waitFor()
  await radio(alma, "Dark").check()
  for (const { page } of [alma, other])
    await eventually(async () => (await ground(page)) === dark, "the page is dark")
  const served = await alma.profile.context.request.get(alma.page.url(), { headers: { accept: "text/html" } })
  expect(await served.text()).toContain('<html lang="en" data-theme="dark">')
  for (const path of ["/", "/docs"]) {
    await other.page.goto(scene.url + path)
    expect(await ground(other.page)).toBe(dark)
  }
  await alma.page.emulateMedia({ colorScheme: "dark" })
  await radio(alma, "Light").check()
  expect(await ground(alma.page)).toBe(light)
  expect(await alma.page.locator("meta[name=theme-color]").first().getAttribute("content")).toBe("#fbfaf8")
  await radio(alma, "System").check()
  expect(await ground(alma.page)).toBe(dark)
  await alma.page.reload()
  expect(await alma.page.locator("html").getAttribute("data-theme")).toBeNull()
})

test("the settings are worked by the keyboard alone", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const { keyboard } = alma.page
  await menu(alma).focus()
  await keyboard.press("Enter")
  await radio(alma, "System").and(alma.page.locator(":checked")).waitFor()
  for (let i = 0; i < 3; i++) await keyboard.press("Tab")
  await keyboard.press("ArrowRight")
  await keyboard.press("ArrowRight")
  expect(await radio(alma, "Dark").isChecked()).toBe(true)
  expect(await ground(alma.page)).toBe(dark)
  await keyboard.press("Tab")
  await keyboard.press("Space")
  const enter = alma.page.getByRole("switch", { name: /^Enter sends/u })
  expect(await enter.isChecked()).toBe(false)
  await alma.page.reload()
  await menu(alma).click()
  expect(await enter.isChecked()).toBe(false)
  expect(await radio(alma, "Dark").isChecked()).toBe(true)
  await keyboard.press("Escape")
  expect(await enter.isVisible()).toBe(false)
  await menu(alma).and(alma.page.locator(":focus")).waitFor()
})

test("a new name is on every tab of its bearer, and a bad one is refused in its place", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const other = await alma.anotherTab()
  await other.page.goto(alma.page.url())
  await menu(alma).click()
  const name = alma.page.getByRole("textbox", { name: "Your name", exact: true })
  await name.fill("x".repeat(33))
  const complained = alma.page.waitForEvent("console")
  await name.press("Enter")
  await alma.page.getByText("A name has at most 32 characters").waitFor()
  expect(await name.inputValue()).toBe("x".repeat(33))
  expect(await name.getAttribute("aria-invalid")).toBe("true")
  await name.and(alma.page.locator(":focus")).waitFor()
  await complained
  expect(alma.complaints.splice(0).join()).toContain("422")
  await name.fill("Alma the Second")
  await name.press("Enter")
  await alma.page.getByText("Renamed.").waitFor()
  for (const tab of [alma, other]) await menu(tab).getByText("Alma the Second").waitFor()
  await menu(other).click()
  const shown = other.page.getByRole("textbox", { name: "Your name", exact: true })
  await eventually(async () => (await shown.inputValue()) === "Alma the Second", "the field has the new name")
})

test("a tab that was cut off while its bearer was renamed shows the new name when it is back", async () => {
  const relay = await TcpRelay.start(Number(new URL(scene.url).port))
  const alma = await Visitor.arrive(scene.browser, relay.url)
  const greeted = Promise.withResolvers<WebSocket>()
  alma.page.once("websocket", (socket) => socket.once("framereceived", () => greeted.resolve(socket)))
  await alma.join("Alma")
  const closed = (await greeted.promise).waitForEvent("close")
  const cookies = await alma.profile.context.cookies(alma.page.url())
  await alma.profile.context.setOffline(true)
  relay.cutAll("rst")
  await closed
  const renamed = await fetch(`${scene.url}/u/${alma.id}/rename`, {
    method: "POST",
    body: new URLSearchParams({ name: "Alma the Second" }),
    headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") },
    redirect: "manual",
  })
  expect(renamed.status).toBe(303)
  expect(await menu(alma).locator(".name").textContent()).toBe("Alma")
  await alma.profile.context.setOffline(false)
  await menu(alma).getByText("Alma the Second").waitFor()
  expect(alma.unexplained).toEqual([])
  await alma.close()
  relay.stop()
})

test("without scripts a bad name leads to a page with a way back", async () => {
  const plain = await (await scene.arrive({ javaScript: false })).join("Plain Jane")
  const home = plain.page.url()
  await menu(plain).click()
  const name = plain.page.getByRole("textbox", { name: "Your name", exact: true })
  await name.fill("x".repeat(33))
  const complained = plain.page.waitForEvent("console")
  await name.press("Enter")
  await plain.page.getByText("A name has at most 32 characters").waitFor()
  await complained
  plain.complaints.length = 0
  await plain.page.getByRole("link", { name: "Go back", exact: true }).click()
  await plain.people.waitFor({ state: "attached" })
  expect(plain.page.url()).toBe(home)
})

test("who is blocked is in the menu, and can be heard again from there", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await (await scene.arrive()).join("Jonas")
  await menu(alma).click()
  await alma.page.locator(".me-menu").getByText("Nobody.").waitFor()
  await menu(alma).click()
  await alma.open("Jonas")
  await alma.page.locator(".peer-menu > summary").click()
  await alma.page.locator(".peer-menu").getByRole("button", { name: "Block Jonas", exact: true }).click()
  await alma.page.locator(".blocked-notice").waitFor()
  await menu(alma).click()
  await alma.page.locator(".me-menu").getByRole("button", { name: "Unblock Jonas", exact: true }).click()
  await alma.page.locator(".blocked-notice").waitFor({ state: "detached" })
})

test("leaving and forgetting leaves nothing of the reader in the browser, and their settings only if they stay", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const kept = () => alma.page.evaluate(`Object.keys(localStorage).concat(Object.keys(sessionStorage))`)
  await menu(alma).click()
  await radio(alma, "System").and(alma.page.locator(":checked")).waitFor()
  await radio(alma, "Dark").check()
  await alma.page.keyboard.press("Escape")
  await alma.openEcho()
  await alma.words.fill("begun")
  expect(await kept()).toContain("duet:settings")
  expect(await kept()).toContain(`duet:${alma.id}:drafts`)
  const forget = alma.page.getByRole("button", { name: "Leave and forget", exact: true })
  await menu(alma).click()
  await forget.click()
  await alma.page.getByRole("button", { name: "Join chat", exact: true }).waitFor()
  expect(await kept()).toEqual(["duet:settings"])
  expect(await alma.page.getByText("Continue as").count()).toBe(0)
  await alma.join("Alma again")
  await menu(alma).click()
  await alma.page.getByRole("checkbox", { name: "My settings too", exact: true }).check()
  await forget.click()
  await alma.page.getByRole("button", { name: "Join chat", exact: true }).waitFor()
  expect(await kept()).toEqual([])
  expect((await alma.profile.context.cookies()).map(({ name }) => name)).not.toContain("duet_theme")
})
