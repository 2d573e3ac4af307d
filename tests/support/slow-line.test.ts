import { expect, test } from "bun:test"
import { SlowLine } from "./slow-line.ts"

test("what goes over a slow line arrives whole and in order, on many connections at once", async () => {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => new Response(await request.text()),
  })
  const line = await SlowLine.start(server.port ?? 0, { roundTripMs: 2, bitsPerSecond: 100_000_000 })
  const texts = Array.from({ length: 12 }, (_, i) => `${i} `.repeat(5_000 + 7 * i))
  const send = async (body: string) => await (await fetch(line.url, { method: "POST", body })).text()
  expect(await Promise.all(texts.map(send))).toEqual(texts)
  line.stop()
  await server.stop(true)
})
