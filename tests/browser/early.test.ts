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
  await alma.join("Alma")
  await alma.open("Jonas")
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
  await alma.join("Alma")
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
