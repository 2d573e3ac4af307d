import { afterAll, beforeAll, expect, test } from "bun:test"
import { echo } from "../../../src/companion/echo.ts"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { until } from "../../support/until.ts"

let duet: RunningDuet

beforeAll(async () => {
  duet = await startDuet()
})

afterAll(async () => {
  await duet.stop()
})

/** A handshake by hand: the answer to a refused one can be read. */
function handshake(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(duet.url + path, {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...headers,
    },
  })
}

const badNames: [string, string][] = [
  ["a malformed escape", "%E0%A4"],
  ["a lone percent sign", "%"],
  ["a control character", "%00"],
  ["a bidi override", "a%E2%80%AEb"],
  ["a zero-width space", "a%E2%80%8Bb"],
  ["a joiner outside an emoji", "a%E2%80%8Db"],
  ["a byte order mark", "a%EF%BB%BFb"],
  ["33 characters", "x".repeat(33)],
]

test.each(badNames)(
  "a name with %s is refused before the upgrade with 400 and the reason",
  async (_, name) => {
    const answer = await handshake(`/ws/${name}`)
    expect(answer.status).toBe(400)
    const { error } = JSON.parse(await answer.text())
    expect(error.code).toBe("bad_name")
    expect(error.message).toMatch(/\w/)
  },
)

test("a name is taken or refused by the same rules on its way in, and the companion alone has its own (C57)", async () => {
  for (const name of ["Echo", "аdmin", "a\u0300\u0301\u0302\u0303\u0304", "👩‍👩‍👧‍👦".repeat(19)]) {
    const answer = await handshake(`/ws/${encodeURIComponent(name)}`)
    expect([name, answer.status, JSON.parse(await answer.text()).error.code]).toEqual([name, 400, "bad_name"])
  }
  for (const name of ["ශ්\u200Dරී", "پناه\u200Cعلی", "न्\u200D", "ന\u0D4D\u200D"]) {
    const client = await ClassicClient.join(duet.url, name)
    expect(client.frames[0]?.name).toBe(name)
    client.close()
  }
  const client = await ClassicClient.join(duet.url, "anna")
  await until("Echo came by its own name", () => {
    client.say(echo.id, "are you there?")
    return client.contents.includes("are you there?")
  })
  client.close()
})

const foreign = ["http://evil.example", "null", "http://127.0.0.1:1", "not a url"]

test.each(foreign)("the origin %s is refused with 403", async (origin) => {
  expect((await handshake("/ws/alice", { origin })).status).toBe(403)
})

test("our own origin, and none at all, are fine", async () => {
  for (const options of [{}, { headers: { origin: duet.url } }]) {
    const socket = new WebSocket(`${duet.url.replace("http", "ws")}/ws/alice`, options)
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = reject
    })
    socket.close()
  }
})

test("a request that is no handshake hears that this is a WebSocket", async () => {
  const answer = await fetch(`${duet.url}/ws/alice`)
  expect(answer.status).toBe(426)
  expect(JSON.parse(await answer.text()).error.message).toContain("ws://")
})

test("a subprotocol that is not spoken here is refused, and not taken for one that is", async () => {
  const answer = await handshake("/ws/alice", { "sec-websocket-protocol": "duet.v2, foo" })
  expect(answer.status).toBe(400)
  expect(JSON.parse(await answer.text()).error.message).toContain("duet.v1")
})

const badCursors = [
  "after=1",
  "epoch=e",
  "after=&epoch=e",
  "after=1&epoch=",
  "after=-1&epoch=e",
  "after=1.5&epoch=e",
  "after=1e3&epoch=e",
  "after=9007199254740992&epoch=e",
  `after=1&epoch=${"e".repeat(33)}`,
  "after=1&after=2&epoch=e",
  "after=1&epoch=e&epoch=f",
]

test("half a cursor, or one of another form, is refused before the upgrade with 400 (C8)", async () => {
  for (const query of badCursors) {
    const answer = await handshake(`/ws/alice?${query}`, { "sec-websocket-protocol": "duet.v1" })
    expect([query, answer.status]).toEqual([query, 400])
    expect(JSON.parse(await answer.text()).error).toMatchObject({ code: "bad_cursor" })
  }
})

test("a cursor of any epoch is one, and to the classic protocol the query means nothing", async () => {
  for (const [query, protocols] of [
    ["after=0&epoch=other", ["duet.v1"]],
    [`after=9007199254740991&epoch=${encodeURIComponent("é".repeat(32))}`, ["duet.v1"]],
    ["after=1", []],
  ] as const) {
    const socket = new WebSocket(`${duet.url.replace("http", "ws")}/ws/alice?${query}`, [...protocols])
    const { data } = await new Promise<MessageEvent>((resolve, reject) => {
      socket.onmessage = resolve
      socket.onerror = reject
    })
    const { session } = JSON.parse(String(data))
    expect(session?.resumed ?? false).toBe(false)
    socket.close()
  }
})

test("a page of before, whose cursor has another form, gets all that is held rather than a refusal", async () => {
  const answer = await handshake("/u/00000000-0000-8000-8000-000000000000/socket?after=1&life=x")
  expect(answer.status).toBe(101)
})
