import { afterEach, expect, test } from "bun:test"
import { idOfKey } from "../../../src/web/http/pages/identity.ts"
import { fieldsOf } from "../../property/tongue.ts"
import { v1Tongue } from "../../property/v1-tongue.ts"
import { until } from "../../support/until.ts"
import { Ledger } from "./ledger.ts"
import { HonestPair } from "./pair.ts"

interface Somebody {
  readonly id: string
}

let stop: (() => void) | undefined

afterEach(() => stop?.())

/** A server that echoes everything, and delivers it as often as the test says; every connection has a new session. */
function lossyServer(times: (content: string) => number) {
  const sockets = new Map<string, Bun.ServerWebSocket<Somebody>>()
  let seq = 0
  const server = Bun.serve<Somebody>({
    port: 0,
    fetch(request, server) {
      const key = /duet\.key\.([\w-]+)/.exec(request.headers.get("sec-websocket-protocol") ?? "")?.[1] ?? ""
      const headers = { "sec-websocket-protocol": "duet.v1" }
      server.upgrade(request, { data: { id: idOfKey(key) }, headers })
      return undefined
    },
    websocket: {
      open(socket) {
        sockets.set(socket.data.id, socket)
        const session = { resumed: false, seq: 0, epoch: "e" }
        socket.send(JSON.stringify({ type: "connection_established", user_id: socket.data.id, session }))
      },
      message(socket, raw) {
        const { type, receiver_id, content, client_id } = fieldsOf(JSON.parse(String(raw)))
        if (type !== "chat_message") return
        const message = { id: crypto.randomUUID(), sender_id: socket.data.id, receiver_id, content }
        const frame = { type, seq: ++seq, message }
        socket.send(JSON.stringify({ ...frame, client_id }))
        for (let left = times(String(content)); left > 0; left--)
          sockets.get(String(receiver_id))?.send(JSON.stringify(frame))
      },
    },
  })
  stop = () => server.stop(true)
  const cut = () => {
    for (const socket of sockets.values()) socket.terminate()
  }
  return { url: `http://127.0.0.1:${server.port}`, cut }
}

async function talk(url: string): Promise<{ ledger: Ledger; pair: HonestPair }> {
  const ledger = new Ledger(() => performance.now())
  const pair = await HonestPair.join({ url, ledger, tongue: v1Tongue, name: "pair", address: "203.0.113.1" })
  await until("words", () => ledger.account().said >= 8)
  return { ledger, pair }
}

const isEven = (content: string) => Number(content.split(" ").at(-1)) % 2 === 0

test("messages that a server echoes and does not deliver are unaccounted", async () => {
  const { ledger, pair } = await talk(lossyServer((content) => (isEven(content) ? 1 : 0)).url)
  pair.hush()
  await until("echoes", () => pair.people.every(({ hasOpenWords }) => !hasOpenWords))
  await until("the rest", () => ledger.unaccounted.every(({ content }) => !isEven(content)))
  pair.leave()
  expect(ledger.unaccounted.length).toBeGreaterThanOrEqual(4)
  expect(ledger.account()).toMatchObject({ undelivered: 0, refused: 0, sessionOver: 0 })
  expect(ledger.violations).toEqual([])
})

test("a new session tells its user that the open messages of the last one are lost", async () => {
  const server = lossyServer(() => 0)
  const { ledger, pair } = await talk(server.url)
  pair.hush()
  await until("echoes", () => pair.people.every(({ hasOpenWords }) => !hasOpenWords))
  server.cut()
  await until("new sessions", () => ledger.unaccounted.length === 0)
  expect(ledger.account()).toMatchObject({ delivered: 0, unaccounted: 0, sessionOver: ledger.account().said })
  expect(pair.lostSockets).toBe(2)
  pair.leave()
})

test("a message that a server delivers twice is a violation", async () => {
  const { ledger, pair } = await talk(lossyServer((content) => (content === "pair A 2" ? 2 : 1)).url)
  pair.hush()
  await until("all of them", () => ledger.unaccounted.length === 0 && ledger.violations.length > 0)
  pair.leave()
  expect(ledger.violations).toEqual(["heard twice: pair A 2"])
})
