import { afterEach, expect, test } from "bun:test"
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"
import { parseDatabaseUrl } from "../../../src/store/postgres/database-url.ts"
import { describeFailure } from "../../../src/store/postgres/failure.ts"
import { PostgresPresenceStore } from "../../../src/store/postgres/postgres-store.ts"
import { startPostgres } from "../../support/postgres.ts"
import { silent } from "../servers.ts"

let server: Server | undefined
let met: Socket[] = []

afterEach(() => {
  for (const socket of met) socket.destroy()
  met = []
  server?.close()
})

/** A server on the loopback that does only what the test says. */
async function listen(meet: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    met.push(socket.on("error", silent))
    meet(socket)
  })
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function failureAt(host: string, query = ""): Promise<string> {
  const at = parseDatabaseUrl(`postgres://duet@${host}/chat${query}`)
  const store = new PostgresPresenceStore({ at, nodeId: crypto.randomUUID(), leaseSeconds: 30 })
  try {
    return await store.open().then(() => "none", describeFailure)
  } finally {
    await store.close().catch(silent)
  }
}

test.each(["", "?sslmode=disable", "?sslmode=require"])(
  "a proxy with nothing behind it, which hangs up at once, is dialled a few times and told of, with %p",
  async (query) => {
    const host = await listen((socket) => void socket.end())
    expect(await failureAt(host, query)).toMatch(/CONNECTION_CLOSED|ECONNRESET|EPIPE/)
    expect(met.length).toBeLessThanOrEqual(6)
  },
)

test("a server that accepts the connection and never answers is given up after connect_timeout", async () => {
  const host = await listen(silent)
  expect(await failureAt(host, "?connect_timeout=1&sslmode=require")).toBe(
    `CONNECT_TIMEOUT: ${host} did not answer in time`,
  )
})

test("after a failure of TLS prefer tries without, and require reports the failure", async () => {
  const postgres = await startPostgres()
  try {
    const target = new URL(postgres.url)
    const host = await listen((socket) =>
      socket.once("data", (data) => {
        if (data.length === 8) return void socket.destroy()
        const behind = connect(Number(target.port), target.hostname)
        behind.on("error", silent).write(data)
        socket.pipe(behind).pipe(socket)
      }),
    )
    expect(await failureAt(host, "?dbname=postgres")).toBe("none")
    expect(await failureAt(host, "?dbname=postgres&sslmode=require")).toContain("CONNECTION_CLOSED")
  } finally {
    await postgres.stop()
  }
})

test("bytes that were sent before TLS began are not taken for the server's", async () => {
  const host = await listen((socket) => socket.on("data", () => socket.write("SR\0\0\0\b\0\0\0\0")))
  expect(await failureAt(host, "?sslmode=require")).toContain("did not answer the request for TLS")
})
