import { expect, test } from "bun:test"
import { V1Client } from "../../support/v1-client.ts"
import { watchTraffic } from "../first-view.ts"
import { stage } from "../stage.ts"
import { alpine, eventually } from "../visitor.ts"

const scene = stage()

test("what is written and sent before the composer is alive is sent, also when the conversation is fetched again meanwhile", async () => {
  const jonas = await V1Client.join(scene.url, "Jonas")
  const alma = await scene.arrive()
  const { release } = await alma.holdBack(alpine)
  await alma.enter("Alma")
  await alma.turnToEarly("Jonas")
  await alma.say("before it was alive")
  await eventually(() => alma.page.evaluate("typeof htmx !== 'undefined'"), "htmx is here")
  const fetched = alma.page.waitForResponse((response) => response.url().includes(alma.id))
  await alma.page.evaluate(
    "htmx.ajax('GET', location.pathname, { target: '#conversation', swap: 'innerHTML' })",
  )
  await fetched
  release()
  await alma.sees("Jonas", "before it was alive")
  jonas.close()
})

/** Alma has begun to write to somebody, and after a reload writes on before the composer is alive. */
async function writingEarly(name: string) {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.open(name)
  await alma.words.fill("begun")
  const { release } = await alma.holdBack(alpine)
  await alma.page.reload({ waitUntil: "commit" })
  await alma.words.fill("half a thought")
  return { alma, release }
}

test("what is written before the composer is alive waits there for whoever goes elsewhere first", async () => {
  const [ben, carla] = await Promise.all(["Ben", "Carla"].map((name) => V1Client.join(scene.url, name)))
  const { alma, release } = await writingEarly("Ben")
  await alma.turnToEarly("Carla")
  release()
  await alma.alive()
  await alma.open("Ben")
  await eventually(
    async () => (await alma.words.inputValue()) === "begun\nhalf a thought",
    "the words are there again",
  )
  ben?.close()
  carla?.close()
})

test("leaving before the scripts have come leaves nothing in the browser", async () => {
  const dora = await V1Client.join(scene.url, "Dora")
  const { alma, release } = await writingEarly("Dora")
  await alma.leave()
  release()
  expect(await alma.page.evaluate("Object.keys({ ...sessionStorage, ...localStorage })")).toEqual([])
  dora.close()
})

test("a button pressed before anything could answer it is pressed once all is alive, and once only", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  await alma.openEcho()
  const words = alma.page.getByRole("searchbox", { name: "Words to find", exact: true })
  const find = alma.page.getByRole("button", { name: "Find in this conversation", exact: true })
  for (const isWriting of [false, true]) {
    const { release } = await alma.holdBack(alpine)
    await alma.page.reload({ waitUntil: "commit" })
    await find.click()
    await alma.ran("sidebar/lists.js")
    expect(await words.isVisible()).toBe(false)
    if (isWriting) await alma.words.fill("writing on")
    release()
    await alma.alive()
    if (!isWriting) await words.waitFor()
    await alma.page.evaluate("fetch('/health/live')")
    expect(await words.isVisible()).toBe(!isWriting)
  }
})

test("a person pressed before the scripts have come is shown by them, and nothing is fetched twice", async () => {
  const mia = await V1Client.join(scene.url, "Mia")
  const alma = await scene.arrive()
  const traffic = await watchTraffic(alma.page)
  const { release } = await alma.holdBack(alpine)
  await alma.enter("Alma")
  traffic.clear()
  await alma.person("Mia").click()
  release()
  await alma.talkWith("Mia").waitFor()
  await alma.alive()
  const pages = traffic.requests.filter((url) => url.includes(`/u/${alma.id}/`) && url.startsWith("http"))
  expect(pages).toEqual([alma.page.url()])
  expect(new Set(traffic.requests).size).toBe(traffic.requests.length)
  mia.close()
})

/** Alma's page with its socket open, while the scripts that would use it are held back. */
async function early() {
  const alma = await scene.arrive()
  await alma.page.addInitScript(`
    const Plain = WebSocket
    window.sockets = []
    window.WebSocket = class extends Plain {
      constructor(...all) {
        super(...all)
        window.sockets.push(this)
      }
    }`)
  const { release } = await alma.holdBack(alpine)
  await alma.enter("Alma")
  await eventually(() => alma.page.evaluate("window.sockets[0]?.readyState === 1"), "a socket is open")
  const sockets = () => alma.page.evaluate("window.sockets.map(({ readyState }) => readyState)")
  return { alma, release, sockets }
}

test("the socket is opened before the scripts have come, and they show what has come on it", async () => {
  const luis = await V1Client.join(scene.url, "Luis")
  const { alma, release, sockets } = await early()
  luis.say(alma.id, "are you there?")
  await luis.until(() => luis.contents.length > 0)
  expect(await alma.row("Luis").count()).toBe(0)
  release()
  await alma.row("Luis").getByText("are you there?").waitFor()
  await alma.open("Luis")
  await alma.say("I am")
  await luis.until(() => luis.contents.length > 1)
  expect(await sockets()).toEqual([1])
  luis.close()
})

test("a socket that is lost before the scripts have come is replaced, without a word of it", async () => {
  const kim = await V1Client.join(scene.url, "Kim")
  const { alma, release, sockets } = await early()
  await alma.page.evaluate("window.sockets[0].close()")
  await eventually(async () => String(await sockets()) === "3", "it is closed")
  release()
  await alma.open("Kim")
  await alma.say("hello")
  await kim.until(() => kim.contents.length > 0)
  expect(await sockets()).toEqual([3, 1])
  expect(await alma.page.locator(".connection[data-shown]").count()).toBe(0)
  kim.close()
})

test("a page whose scripts never come has no socket", async () => {
  const alma = await scene.arrive()
  await alma.page.route(/htmx\.min|hx-ws/u, (route) =>
    route.fulfill({ contentType: "text/javascript", body: "" }),
  )
  await alma.page.route(/\/page\/(?!shell\/boot)|alpine/u, (route) =>
    route.fulfill({ contentType: "text/javascript", body: "" }),
  )
  const closed = Promise.withResolvers<void>()
  alma.page.on("websocket", (socket) => socket.on("close", () => closed.resolve()))
  await alma.enter("Alma")
  await closed.promise
})
