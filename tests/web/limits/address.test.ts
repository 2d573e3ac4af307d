import { expect, test } from "bun:test"
import { clientAddress } from "../../../src/web/http/client-address.ts"
import { readAddress } from "../../../src/web/limits/address.ts"

const v4 = { block: "203.0.113.5", site: undefined, isPrivate: false }
const v6 = { block: "2001:db8:1:2::/64", site: "2001:db8:1::/48", isPrivate: false }

test.each([
  ["203.0.113.5", v4],
  ["203.0.113.5:4711", v4],
  ["::ffff:203.0.113.5", v4],
  ["::FFFF:cb00:7105", v4],
  ["[::ffff:203.0.113.5]:4711", v4],
  ["2001:db8:1:2::3", v6],
  ["2001:DB8:1:2:ffff:ffff:ffff:ffff", v6],
  ["[2001:db8:1:2::3]", v6],
  ["[2001:db8:1:2::3]:4711", v6],
  ["[2001:db8:1:2::3%eth0]:4711", v6],
  ["2001:db8:1:2::3%eth0", v6],
])("%s is read, with its block and its site", (text, address) => {
  expect(readAddress(text)).toEqual(address)
})

test.each([
  "unknown",
  "_hidden",
  "",
  "203.0.113",
  "203.0.113.5:port",
  "203.0.113.5:123456",
  "[203.0.113.5]",
  "[2001:db8::1",
  "2001:db8::1]:80",
  "1:2:3:4:5:6:7:8:9",
  "203.0.113.5%eth0",
  "for=203.0.113.5",
  "203.0.113.5 ",
])('"%s" is not an address', (text) => {
  expect(readAddress(text)).toBeUndefined()
})

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.0.1",
  "192.168.1.1",
  "169.254.1.1",
  "::1",
  "fd00::1",
  "fe80::1%eth0",
  "::ffff:10.0.0.1",
])("%s is private", (text) => {
  expect(readAddress(text)?.isPrivate).toBe(true)
})

test.each(["172.32.0.1", "11.0.0.1", "2001:db8::1", "fec0::1", "::2", "::ffff:8.8.8.8"])(
  "%s is not private",
  (text) => {
    expect(readAddress(text)?.isPrivate).toBe(false)
  },
)

function forwarded(value: string): Request {
  return new Request("http://duet.example/", { headers: { "x-forwarded-for": value } })
}

test("the client's address is the one that the outermost trusted proxy saw", () => {
  const request = forwarded("198.51.100.1, 203.0.113.5, 10.0.0.2")
  expect(clientAddress(request, "10.0.0.1", { hops: 2 }).block).toBe("203.0.113.5")
  expect(clientAddress(request, "10.0.0.1", { hops: 0 }).block).toBe("10.0.0.1")
})

test("a proxy that forwards something else than an address is charged itself, also a private one", () => {
  const proxy = { block: "10.0.0.1", site: undefined, isPrivate: false }
  for (const word of ["unknown", "_a1b2", "<script>"]) {
    expect(clientAddress(forwarded(word), "10.0.0.1", { hops: 1 })).toEqual(proxy)
  }
})
