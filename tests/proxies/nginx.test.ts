import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import type { Browser } from "playwright-core"
import { Visitor } from "../browser/visitor.ts"
import { launchChromium } from "../support/chromium.ts"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { startNginx } from "./nginx.ts"
import { type RunningProxy, recipe } from "./program.ts"

setDefaultTimeout(90_000)
let duet: RunningDuet
let browser: Browser
const proxies: RunningProxy[] = []

beforeAll(async () => {
  ;[duet, browser] = await Promise.all([startDuet({ TRUST_PROXY: "1" }), launchChromium()])
})

afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()))
})

afterAll(async () => {
  await browser?.close()
  await duet?.stop()
})

/** Starts nginx with these servers, for one test. */
async function through(servers: Parameters<typeof startNginx>[0]): Promise<RunningProxy | undefined> {
  const nginx = await startNginx(servers)
  if (nginx !== undefined) proxies.push(nginx)
  return nginx
}

/** The recipe of nginx's page on WebSockets, which passes no Host on; `more` goes into its `location`. */
function theirs(port: number, more = ""): string {
  return `
    map $http_upgrade $connection_upgrade {
        default upgrade;
        ''      close;
    }

    server {
        listen 127.0.0.1:${port};

        location / {
            proxy_pass http://127.0.0.1:${duet.port};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            ${more}
        }
    }`
}

/** Two people join by the form, each in a browser of their own, and talk. */
async function talkThrough({ url }: RunningProxy): Promise<void> {
  const [alma, jonas] = await Promise.all([Visitor.arrive(browser, url), Visitor.arrive(browser, url)])
  await alma.join("Alma")
  await jonas.join("Jonas")
  await alma.open("Jonas")
  await jonas.open("Alma")
  await alma.say("hello through nginx")
  await jonas.sees("Alma", "hello through nginx")
  const complaints = [...alma.complaints, ...jonas.complaints]
  await Promise.all([alma.close(), jonas.close()])
  expect(complaints).toEqual([])
}

test("people talk through nginx by the recipe of the docs, on a non-default port (C51)", async () => {
  const nginx = await through((people) => recipe("nginx", { duet: duet.port, people }))
  if (nginx === undefined) return
  await talkThrough(nginx)
})

test("people talk through nginx by the recipe of its own documentation, which passes no Host on (C51)", async () => {
  const nginx = await through((port) => theirs(port))
  if (nginx === undefined) return
  await talkThrough(nginx)
})

test("people talk through nginx that leaves its port out of the Host (C51)", async () => {
  const nginx = await through((port) => theirs(port, "proxy_set_header Host $host;"))
  if (nginx === undefined) return
  await talkThrough(nginx)
})

test("a page of another site is refused behind each nginx (C51)", async () => {
  for (const host of ["", "proxy_set_header Host $host;", "proxy_set_header Host $http_host;"]) {
    const nginx = await through((port) => theirs(port, host))
    if (nginx === undefined) return
    const origin = "https://evil.example"
    const form = await fetch(`${nginx.url}/join`, { method: "POST", headers: { origin } })
    expect([host, form.status]).toEqual([host, 403])
    const refused = new WebSocket(`${nginx.url.replace("http", "ws")}/ws/mallory`, { headers: { origin } })
    await new Promise((resolve) => refused.addEventListener("close", resolve))
  }
})

test("programs talk through nginx (C51)", async () => {
  const nginx = await through((people) => recipe("nginx", { duet: duet.port, people }))
  if (nginx === undefined) return
  const [anna, ben] = [
    await ClassicClient.join(nginx.url, "anna"),
    await ClassicClient.join(nginx.url, "ben"),
  ]
  anna.say(ben.id, "hi")
  await ben.until(() => ben.contents.includes("hi"))
  for (const each of [anna, ben]) each.close()
})
