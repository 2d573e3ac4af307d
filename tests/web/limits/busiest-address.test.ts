import { expect, test } from "bun:test"
import { connect } from "node:net"
import { busiestAddress } from "../../../src/web/limits/busiest-address.ts"
import { until } from "../../support/until.ts"

const head =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
const rest = "00000000:00000000 00:00000000 00000000     0        0 1142527 1 00000000016a1fdc 100 0 0 10 0\n"

/** Lines of /proc/net/tcp: local and remote address, and a state. */
function table(...lines: string[]): string {
  return head + lines.map((line, i) => `${String(i).padStart(4)}: ${line} ${rest}`).join("")
}

test("the address with the most connections to a port is found, without other ports and closed connections", () => {
  const v4 = table(
    "00000000:0BB8 00000000:0000 0A",
    "0500000A:0BB8 057100CB:1234 01",
    "0500000A:0BB8 057100CB:1235 08",
    "0500000A:0BB8 067100CB:1234 01",
    "0500000A:0BB8 067100CB:1235 06",
    "0500000A:0BB9 067100CB:1236 01",
    "0500000A:0BB9 067100CB:1237 01",
  )
  expect(busiestAddress(3000, v4)).toEqual({ address: "203.0.113.5", connections: 2 })
  expect(busiestAddress(3001, v4)).toEqual({ address: "203.0.113.6", connections: 2 })
  expect(busiestAddress(3002, v4)).toBeUndefined()
})

test("an IPv6 address counts by its /64, and IPv4 within IPv6 as IPv4", () => {
  const here = "B80D0120000000000000000001000000:0BB8"
  const v6 = table(
    `${here} B80D0120010002000000000001000000:1234 01`,
    `${here} B80D0120010002000000000002000000:1234 01`,
    `${here} 0000000000000000FFFF0000057100CB:1234 01`,
  )
  expect(busiestAddress(3000, v6)).toEqual({ address: "2001:db8:2:1::/64", connections: 2 })
  const v4InV6 = table(`${here} 0000000000000000FFFF0000057100CB:1234 01`)
  expect(busiestAddress(3000, v4InV6)?.address).toBe("203.0.113.5")
})

test.if(process.platform === "linux")("the connections of this machine are read", async () => {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("x") })
  const port = server.port ?? 0
  const client = connect(port, "127.0.0.1")
  const crowd = await until("the connection is accepted", () => busiestAddress(port))
  expect(crowd).toEqual({ address: "127.0.0.1", connections: 1 })
  client.destroy()
  await server.stop(true)
})
