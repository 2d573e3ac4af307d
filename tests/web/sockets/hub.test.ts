import { afterEach, expect, test } from "bun:test"
import type { Server } from "bun"
import { Broadcast } from "../../../src/web/sockets/broadcast.ts"
import { classic } from "../../../src/web/sockets/dialects/classic.ts"
import { Socket } from "../../../src/web/sockets/socket.ts"
import { createHub } from "./hub-stage.ts"

/** A socket with a fault in a handler of its own. */
class FaultySocket extends Socket {
  override received(raw: string | Uint8Array): void {
    if (raw === "boom") throw new RangeError("the secret that was said")
    super.received(raw)
  }
  override probed(payload: Uint8Array): void {
    if (payload.length > 0) throw new RangeError("the secret that was said")
    super.probed(payload)
  }
  override closed(code: number): void {
    super.closed(code)
    throw new TypeError("the secret that was said")
  }
}

let server: Server<Socket> | undefined

afterEach(() => {
  void server?.stop(true)
})

function serve() {
  const stage = createHub()
  const dialect = new Broadcast(classic, { publish: () => 0, subscriberCount: () => 0 })
  const running = Bun.serve({
    port: 0,
    fetch(request) {
      const isFaulty = request.url.endsWith("faulty")
      const options = {
        hub: stage.hub,
        dialect,
        user: { id: crypto.randomUUID(), name: "anna", classic: true },
        cursor: undefined,
        address: undefined,
        newKey: undefined,
      }
      const data = isFaulty ? new FaultySocket(options) : new Socket(options)
      running.upgrade(request, { data })
      return undefined
    },
    websocket: stage.hub.handlers,
  })
  server = running
  const flushing = setInterval(() => stage.stage.flush(), 1)
  flushing.unref()
  return { ...stage, url: `ws://127.0.0.1:${running.port}` }
}

function connect(url: string) {
  const socket = new WebSocket(url)
  const welcomed = new Promise<void>((resolve) => {
    socket.onmessage = () => resolve()
  })
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code)
  })
  return { socket, welcomed, closed }
}

test("a throw in a socket's handler ends that socket with 1011, and nothing else", async () => {
  const { url, hub, logged } = serve()
  const [calm, faulty] = [connect(`${url}/calm`), connect(`${url}/faulty`)]
  await Promise.all([calm.welcomed, faulty.welcomed])
  faulty.socket.send("boom")
  expect(await faulty.closed).toBe(1011)
  const answer = new Promise<string>((resolve) => {
    calm.socket.onmessage = ({ data }) => resolve(String(data))
  })
  calm.socket.send("not JSON")
  expect(await answer).toContain("bad_json")
  expect(hub.failures).toBe(2)
  expect(logged.map(({ fields }) => fields)).toEqual([
    { during: "message", error: expect.stringMatching(/^RangeError at .*\/src\//u), times: 1 },
    { during: "close", error: expect.stringMatching(/^TypeError at .*\/src\//u), times: 1 },
  ])
  expect(JSON.stringify(logged)).not.toContain("secret")
})

test("a throw at a ping of the WebSocket itself ends that socket with 1011 too", async () => {
  const { url } = serve()
  const faulty = connect(`${url}/faulty`)
  await faulty.welcomed
  faulty.socket.ping("x")
  expect(await faulty.closed).toBe(1011)
})

test("throws of one kind are logged once a second, and all are counted", async () => {
  const { url, hub, logged, clock } = serve()
  const fail = async () => {
    const faulty = connect(`${url}/faulty`)
    await faulty.welcomed
    faulty.socket.send("boom")
    await faulty.closed
  }
  for (let i = 0; i < 3; i++) await fail()
  expect(logged).toHaveLength(2)
  clock.ringNext(1000)
  await fail()
  expect(logged.map(({ fields }) => fields)).toContainEqual({
    during: "message",
    error: expect.stringContaining("RangeError"),
    times: 3,
  })
  expect(hub.failures).toBe(8)
})
