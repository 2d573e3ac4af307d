import { expect, test } from "bun:test"
import { V1Client } from "../support/v1-client.ts"
import { stage } from "./stage.ts"
import { eventually } from "./visitor.ts"

const scene = stage()

test("what is written and sent before the composer is alive is sent, also when the conversation is fetched again meanwhile", async () => {
  const jonas = await V1Client.join(scene.url, "Jonas")
  const alma = await scene.arrive()
  const late = Promise.withResolvers<void>()
  await alma.page.route(/alpine/u, async (route) => {
    await late.promise
    await route.continue()
  })
  await alma.enter("Alma")
  await alma.turnTo("Jonas")
  await alma.say("before it was alive")
  await eventually(() => alma.page.evaluate("typeof htmx !== 'undefined'"), "htmx is here")
  const fetched = alma.page.waitForResponse((response) => response.url().includes(alma.id))
  await alma.page.evaluate(
    "htmx.ajax('GET', location.pathname, { target: '#conversation', swap: 'innerHTML' })",
  )
  await fetched
  late.resolve()
  await alma.sees("Jonas", "before it was alive")
  jonas.close()
})

for (const [scripts, first, second] of [
  [/\.js$/u, "Ben", "Carla"],
  [/alpine/u, "Dora", "Emil"],
] as const)
  test(`what is written before the composer is alive waits there for whoever goes elsewhere first, without ${scripts}`, async () => {
    const [one, two] = await Promise.all([first, second].map((name) => V1Client.join(scene.url, name)))
    const alma = await (await scene.arrive()).join("Alma")
    await alma.open(first)
    const late = Promise.withResolvers<void>()
    await alma.page.route(scripts, async (route) => {
      if (!route.request().url().includes("early")) await late.promise
      await route.continue()
    })
    await alma.page.reload({ waitUntil: "commit" })
    await alma.words.fill("half a thought")
    await alma.turnTo(second)
    late.resolve()
    await alma.page.locator(".composer[data-alive]").waitFor()
    await alma.open(first)
    await eventually(
      async () => (await alma.words.inputValue()) === "half a thought",
      "the words are there again",
    )
    one?.close()
    two?.close()
  })

test("a button pressed before anything could answer it is pressed once all is alive, and once only", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  const late = Promise.withResolvers<void>()
  await alma.page.route(/alpine\.min/u, async (route) => {
    await late.promise
    await route.continue()
  })
  await alma.page.reload({ waitUntil: "commit" })
  const words = alma.page.getByRole("searchbox", { name: "Words to find", exact: true })
  await alma.page.getByRole("button", { name: "Find in this conversation", exact: true }).click()
  await eventually(() => alma.page.evaluate("typeof htmx !== 'undefined'"), "htmx is here")
  expect(await words.isVisible()).toBe(false)
  late.resolve()
  await words.waitFor()
})

test("no socket is opened before the bar is alive that would tell of its loss", async () => {
  const alma = await scene.arrive()
  await alma.page.addInitScript(`
    const Plain = WebSocket
    window.WebSocket = class extends Plain {
      constructor(...all) {
        super(...all)
        window.heard ??= document.querySelector(".connection[data-tone]") !== null
      }
    }`)
  const late = Promise.withResolvers<void>()
  await alma.page.route(/alpine\.min/u, async (route) => {
    await late.promise
    await route.continue()
  })
  await alma.enter("Alma")
  await eventually(() => alma.page.evaluate("typeof htmx !== 'undefined'"), "htmx is here")
  await eventually(
    () =>
      alma.page.evaluate(
        "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/chat.js'))",
      ),
    "so are the page's own scripts",
  )
  await alma.page.evaluate("fetch('/health/live')")
  late.resolve()
  await eventually(() => alma.page.evaluate("window.heard !== undefined"), "a socket is opened")
  expect(await alma.page.evaluate("window.heard")).toBe(true)
})
