import { afterEach, expect, test } from "bun:test"
import { idOfKey, newKey } from "../../../src/web/http/pages/identity.ts"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { until } from "../../support/until.ts"

let duet: RunningDuet | undefined

afterEach(async () => {
  await duet?.kill()
})

async function start(env: Record<string, string>): Promise<RunningDuet> {
  duet = await startDuet({ LIMIT_PRIVATE: "1", ...env })
  return duet
}

/** A user with a key of their own making, who never joined by the form. */
function stranger() {
  const key = newKey()
  return { id: idOfKey(key), cookie: `duet=${key}.anna` }
}

const asPage = { accept: "text/html" }

/** Ways in which a session begins without a socket. */
const sideDoors = {
  "a page": ({ url }, { id, cookie }) => fetch(`${url}/u/${id}/`, { headers: { ...asPage, cookie } }),
  "a search": ({ url }, { id, cookie }) =>
    fetch(`${url}/u/${id}/people?q=a`, { headers: { ...asPage, "hx-request": "true", cookie } }),
  "a form": ({ url }, { id, cookie }) =>
    fetch(`${url}/u/${id}/block`, {
      method: "POST",
      body: new URLSearchParams({ user_id: stranger().id }),
      headers: { ...asPage, cookie },
      redirect: "manual",
    }),
} satisfies Record<string, (duet: RunningDuet, as: ReturnType<typeof stranger>) => Promise<Response>>

test("a page, a search and a form begin no more sessions than CONNECT_RATE lets one address begin", async () => {
  for (const enter of Object.values(sideDoors)) {
    const running = await start({ CONNECT_RATE: "1", CONNECT_BURST: "4" })
    const anna = stranger()
    expect((await enter(running, anna)).status).toBeLessThan(400)
    const refused = await untilRefused(() => enter(running, stranger()))
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0)
    expect(refused.headers.get("content-type")).toContain("text/html")
    expect(await refused.text()).toContain("Too many connections from this address")
    // A user with a session begins none.
    expect((await enter(running, anna)).status).toBeLessThan(400)
    await running.kill()
  }
})

test("a page, a search and a form begin no more sessions than CONNECTIONS_PER_IP lets one address have", async () => {
  for (const enter of Object.values(sideDoors)) {
    const running = await start({ CONNECTIONS_PER_IP: "3", CONNECT_RATE: "0" })
    for (let i = 0; i < 3; i++) expect((await enter(running, stranger())).status).toBeLessThan(400)
    expect((await enter(running, stranger())).status).toBe(429)
    await running.kill()
  }
})

test("sessions without a socket are in no list, and keep out nobody", async () => {
  const running = await start({ MAX_USERS: "2", CONNECT_RATE: "0", CONNECTIONS_PER_IP: "0" })
  for (let i = 0; i < 72; i++) expect((await sideDoors["a page"](running, stranger())).status).toBe(200)
  const body = new URLSearchParams({ name: "anna" })
  const joined = await fetch(`${running.url}/join`, { method: "POST", body, redirect: "manual" })
  expect(joined.status).toBe(303)
  const first = await ClassicClient.join(running.url, "first")
  const second = await ClassicClient.join(running.url, "second")
  await first.until(() => first.listed.includes("second"))
  expect(await (await fetch(`${running.url}/users`)).json()).toMatchObject({ total: 2 })
  expect(first.listed.toSorted()).toEqual(["first", "second"])
  // MAX_USERS is two.
  expect((await handshake(running, "third")).status).toBe(503)
  const full = await sideDoors["a page"](running, stranger())
  expect(full.status).toBe(503)
  expect(full.headers.get("retry-after")).toBe("10")
  second.close()
})

function handshake(
  { url }: RunningDuet,
  name: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/ws/${name}`, { headers: { upgrade: "websocket", connection: "Upgrade", ...headers } })
}

test("the concurrent searches of one address are bounded", async () => {
  const running = await start({ HTTP_RATE: "0" })
  const anna = stranger()
  expect((await sideDoors["a search"](running, anna)).status).toBe(200)
  const refused = await until("a refusal", async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => sideDoors["a search"](running, anna)))
    return answers.find(({ status }) => status !== 200)
  })
  expect(refused.status).toBe(429)
  expect(refused.headers.get("retry-after")).toBe("1")
  expect((await sideDoors["a search"](running, anna)).status).toBe(200)
})

test("HTTP has a rate of its own: beyond the burst it is 429 with Retry-After, as JSON or as a page", async () => {
  const { url } = await start({ HTTP_RATE: "1", HTTP_BURST: "5" })
  for (let i = 0; i < 5; i++) expect((await fetch(`${url}/users`)).status).toBe(200)
  const refused = await untilRefused(() => fetch(`${url}/nothing/here`))
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ error: { code: "rate_limited" } })
  const page = await untilRefused(() => fetch(url, { headers: asPage }))
  expect(page.headers.get("content-security-policy")).toContain("default-src")
  expect(await page.text()).toContain("Too many requests")
  const body = new URLSearchParams({ name: "anna" })
  await untilRefused(() => fetch(`${url}/join`, { method: "POST", body, redirect: "manual" }))
  // Probes have a rate of their own.
  for (let i = 0; i < 5; i++) expect((await fetch(`${url}/health/live`)).status).toBe(200)
})

async function untilRefused(ask: () => Promise<Response>): Promise<Response> {
  return until("429", async () => {
    const answer = await ask()
    return answer.status === 429 && answer
  })
}

test("0 turns the rate of HTTP off, and private addresses have none unless LIMIT_PRIVATE is 1", async () => {
  for (const env of [{ HTTP_RATE: "0" }, { HTTP_RATE: "1", LIMIT_PRIVATE: "0" }]) {
    const { url } = await start({ HTTP_BURST: "1", ...env })
    for (let i = 0; i < 5; i++) expect((await fetch(`${url}/users`)).status).toBe(200)
    await duet?.kill()
  }
})

test("a file of the page costs a tenth of a request, and a handshake made of another request does not", async () => {
  const { url } = await start({ HTTP_RATE: "1", HTTP_BURST: "10" })
  const page = await (await fetch(url, { headers: asPage })).text()
  const asset = /\/assets\/[0-9a-f]+\/[^"]+/.exec(page)?.[0] ?? ""
  for (let i = 0; i < 40; i++) expect((await fetch(url + asset)).status).toBe(200)
  const upgrade = { upgrade: "websocket" }
  let asked = 0
  await untilRefused(() => {
    asked++
    return fetch(`${url}/users`, { headers: upgrade })
  })
  expect(asked).toBeLessThan(30)
})

test("only existing files and probes are cheap: other paths below health and assets, and failed handshakes, cost a full request", async () => {
  const costly: Record<string, (running: RunningDuet) => Promise<Response>> = {
    "below health": ({ url }) => fetch(`${url}/health/nothing`, { headers: asPage }),
    "below assets": async ({ url }) => {
      const page = await (await fetch(url, { headers: asPage })).text()
      return fetch(`${url}${/\/assets\/[0-9a-f]+\//.exec(page)?.[0]}nothing.js`)
    },
    "a name that is none": (running) => handshake(running, "%zz"),
    "another site's page": (running) => handshake(running, "x", { origin: "https://elsewhere.example" }),
    "an incomplete handshake": (running) => handshake(running, "x"),
    "another method": ({ url }) =>
      fetch(`${url}/ws/x`, { method: "POST", headers: { upgrade: "websocket", connection: "Upgrade" } }),
  }
  for (const [what, ask] of Object.entries(costly)) {
    const running = await start({ HTTP_RATE: "1", HTTP_BURST: "10", CONNECT_RATE: "0" })
    let asked = 0
    await untilRefused(() => {
      asked++
      return ask(running)
    })
    expect([what, asked < 20]).toEqual([what, true])
    await running.kill()
  }
}, 30_000)

test("a flood of probes is bounded by a bucket of its own", async () => {
  const { url } = await start({ HTTP_RATE: "1", HTTP_BURST: "10" })
  await untilRefused(() => fetch(`${url}/health/ready`))
  expect((await fetch(`${url}/users`)).status).toBe(200)
})

test("the log warns once of a proxy that is not trusted", async () => {
  const running = await start({ LIMIT_PRIVATE: "0", LOG_LEVEL: "warn" })
  expect(running.output()).not.toContain("TRUST_PROXY")
  for (const header of ["x-forwarded-for", "forwarded", "x-real-ip"]) {
    await fetch(running.url, { headers: { [header]: "203.0.113.5" } })
  }
  await until("the warning", () => running.output().includes("TRUST_PROXY"))
  await fetch(running.url, { headers: { "x-forwarded-for": "203.0.113.5" } })
  expect(running.output().match(/Set TRUST_PROXY/g)).toHaveLength(1)
})

test("neither a malformed forwarded address nor a port in it bypasses the limits", async () => {
  const running = await start({ LIMIT_PRIVATE: "0", TRUST_PROXY: "1", CONNECT_RATE: "1", CONNECT_BURST: "2" })
  const knock = (forwarded: string) =>
    new Promise<boolean>((resolve) => {
      const url = `${running.url.replace("http", "ws")}/ws/x`
      const socket = new WebSocket(url, { headers: { "x-forwarded-for": forwarded } })
      socket.onopen = () => resolve(true)
      socket.onerror = () => resolve(false)
    })
  expect([await knock("unknown"), await knock("_a"), await knock("what?")]).toEqual([true, true, false])
  const ports = [await knock("203.0.113.5:1"), await knock("203.0.113.5:2"), await knock("203.0.113.5:3")]
  expect(ports).toEqual([true, true, false])
})
