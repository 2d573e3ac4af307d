import { afterAll, beforeAll, expect, test } from "bun:test"
import { parts } from "../../../views/samples/parts.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { assets } from "../../views/samples.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", DEV_VIEWS: "1" })
})

afterAll(async () => {
  await duet.stop()
})

const look = (path: string, url = duet.url) => fetch(url + path, { headers: { accept: "text/html" } })

test("/dev/views lists every view, and each one's page frames all of its states", async () => {
  const index = await (await look("/dev/views")).text()
  for (const { name, states } of parts(assets)) {
    expect(index).toContain(`href="/dev/views/${name}"`)
    const page = await (await look(`/dev/views/${name}`)).text()
    expect(page.match(/<iframe/g)).toHaveLength(states.length * 2)
  }
})

test("every state is a page with the usual policy, which only the view's page may frame", async () => {
  for (const { name, states } of parts(assets)) {
    for (const state of states) {
      const page = await look(`/dev/views/${name}/${state.name}`)
      expect(page.status).toBe(200)
      const policy = page.headers.get("content-security-policy") ?? ""
      expect(policy.replace("frame-ancestors 'self'", "frame-ancestors 'none'")).toBe(
        (await look("/dev/views")).headers.get("content-security-policy") ?? "",
      )
      expect(page.headers.get("x-frame-options")).toBe("SAMEORIGIN")
    }
  }
})

test("an unknown view or state is 404", async () => {
  expect((await look("/dev/views/nothing")).status).toBe(404)
  expect((await look("/dev/views/door/nothing")).status).toBe(404)
})

test("views have unique names, and so have the states of a view", () => {
  const names = parts(assets).flatMap(({ name, states }) => [name, ...states.map((s) => `${name}/${s.name}`)])
  expect(names).toEqual([...new Set(names)])
})

test("a server without DEV_VIEWS has no /dev/views", async () => {
  const product = await startDuet({ LOG_LEVEL: "error" })
  try {
    expect((await look("/dev/views", product.url)).status).toBe(404)
    expect((await look("/dev/views/door/fresh", product.url)).status).toBe(404)
  } finally {
    await product.stop()
  }
})

test("bun dev has /dev/views", async () => {
  const dev = Bun.spawn([process.execPath, "scripts/dev.ts"], {
    cwd: `${import.meta.dir}/../../..`,
    env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "silent" },
    stdout: "pipe",
    stderr: "inherit",
  })
  try {
    let said = ""
    let port: string | undefined
    for await (const chunk of dev.stdout) {
      said += new TextDecoder().decode(chunk)
      port = /localhost:(\d+)/.exec(said)?.[1]
      if (port) break
    }
    expect((await look("/dev/views", `http://127.0.0.1:${port}`)).status).toBe(200)
  } finally {
    dev.kill("SIGTERM")
    await dev.exited
  }
})
