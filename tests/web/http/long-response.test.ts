import { afterEach, expect, test } from "bun:test"
import { connect, type Socket } from "node:net"
import type { Server } from "bun"
import { longResponse } from "../../../src/web/http/html-response.ts"
import { Html } from "../../../views/html.ts"
import { until } from "../../support/until.ts"

/** More bytes than the loopback buffers. */
const long = "é".repeat(8_000_000)

let server: Server<undefined> | undefined
let client: Socket | undefined

afterEach(async () => {
  client?.destroy()
  await server?.stop(true)
})

/** A server of one page, a connection that has requested it and reads nothing, and whether the page counts as read. */
async function ask(text: string, method = "GET") {
  const state = { asked: false, read: 0 }
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      state.asked = true
      return longResponse(request, new Html(text), () => state.read++)
    },
  })
  const tcp = connect(server.port ?? 0, "127.0.0.1")
  client = tcp.on("error", () => {}).pause()
  tcp.write(`${method} / HTTP/1.1\r\nHost: x\r\n\r\n`)
  await until("the request is there", () => state.asked)
  return { state, tcp }
}

test("a long page counts as unread until its reader has received it, whole and in UTF-8", async () => {
  const { state, tcp } = await ask(long)
  expect(state.read).toBe(0)
  let characters = 0
  tcp.setEncoding("utf8").on("data", (part: string) => {
    characters += part.split("é").length - 1
  })
  tcp.resume()
  await until("it is read", () => state.read === 1)
  await until("it is whole", () => characters === long.length)
})

test("a long page no longer counts as unread when its reader has gone", async () => {
  const { state, tcp } = await ask(long)
  expect(state.read).toBe(0)
  tcp.destroy()
  await until("it counts as read", () => state.read > 0)
})

test("a short page and a HEAD request never count as unread", async () => {
  expect((await ask("short")).state.read).toBe(1)
  client?.destroy()
  await server?.stop(true)
  expect((await ask(long, "HEAD")).state.read).toBe(1)
})
