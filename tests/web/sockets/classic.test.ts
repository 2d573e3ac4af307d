import { afterAll, beforeAll, expect, test } from "bun:test"
import { ClassicClient, type Frame } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const nobody = "00000000-0000-4000-8000-000000000000"
const isChat = (frame: Frame) => frame.type === "chat_message"

let duet: RunningDuet
const clients: ClassicClient[] = []

beforeAll(async () => {
  duet = await startDuet()
})

afterAll(async () => {
  for (const client of clients) client.close()
  await duet.stop()
})

async function join(name: string): Promise<ClassicClient> {
  const client = await ClassicClient.join(duet.url, name)
  clients.push(client)
  return client
}

test("the first frame says who one is, with exactly the fields of the protocol", async () => {
  const alice = await join("alice")
  const [first] = alice.frames
  expect(first).toEqual({
    type: "connection_established",
    user_id: expect.stringMatching(uuid),
    name: "alice",
  })
})

test("a list follows that names everyone, the receiver too, and again when somebody comes or goes", async () => {
  const [anna, ben] = [await join("list anna"), await join("list ben")]
  await anna.until(() => anna.listed.includes("list ben"))
  await ben.until(() => ben.listed.includes("list anna") && ben.listed.includes("list ben"))
  const list = anna.frames.findLast((frame) => frame.type === "user_list_update")
  expect(Object.keys(list ?? {}).sort()).toEqual(["total", "type", "users"])
  expect(list?.users).toContainEqual({ id: ben.id, name: "list ben", is_online: true })
  ben.close()
  await anna.until(() => !anna.listed.includes("list ben"))
})

test("a message reaches the receiver, and the sender gets the same frame as its acknowledgement", async () => {
  const [anna, ben] = [await join("anna"), await join("ben")]
  anna.say(ben.id, "Hello!")
  const [received, echoed] = await Promise.all([ben.next(isChat), anna.next(isChat)])
  expect(received).toEqual(echoed)
  expect(received).toEqual({
    type: "chat_message",
    message: {
      id: expect.stringMatching(uuid7),
      sender_id: anna.id,
      receiver_id: ben.id,
      content: "Hello!",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    },
  })
})

test("messages of one sender arrive in the order sent (C2)", async () => {
  const [anna, ben] = [await join("order anna"), await join("order ben")]
  const sent = Array.from({ length: 60 }, (_, i) => `message ${i}`)
  for (const content of sent) anna.say(ben.id, content)
  await ben.until(() => ben.contents.length === sent.length)
  expect(ben.contents).toEqual(sent)
  await anna.until(() => anna.contents.length === sent.length)
})

test("content is neither judged nor changed", async () => {
  const [anna, ben] = [await join("odd anna"), await join("odd ben")]
  const odd = [
    "  padded  ",
    "<b>&amp;</b>",
    "line\nbreak\ttab",
    "👩‍👩‍👧‍👦 לילה",
    '{"type":"x"}',
    "\u0000",
    "\ud800 lone",
    "é".repeat(4000),
  ]
  for (const content of odd) anna.say(ben.id, content)
  await ben.until(() => ben.contents.length === odd.length)
  expect(ben.contents).toEqual(odd)
})

test("somebody who says their piece and goes at once is still heard", async () => {
  const [anna, ben] = [await join("hasty anna"), await join("hasty ben")]
  anna.say(ben.id, "bye")
  anna.close()
  await ben.until(() => ben.contents.includes("bye"))
})

const refused: [string, string, (client: ClassicClient, peer: ClassicClient) => void][] = [
  ["what is not JSON", "bad_json", (client) => client.send("{oops")],
  ["an array", "bad_frame", (client) => client.send([])],
  ["null", "bad_frame", (client) => client.send("null")],
  ["a number", "bad_frame", (client) => client.send("123")],
  ["a binary frame", "bad_frame", (client) => client.socket.send(new Uint8Array([123, 125]))],
  ["an object without a type", "bad_frame", (client) => client.send({})],
  ["an unknown type", "bad_frame", (client) => client.send({ type: "dance" })],
  ["a type that is every object's", "bad_frame", (client) => client.send({ type: "constructor" })],
  ["white space alone", "empty", (client, peer) => client.say(peer.id, " \n\t ")],
  ["no content at all", "empty", (client, peer) => client.say(peer.id, "")],
  ["content over the limit", "too_long", (client, peer) => client.say(peer.id, "é".repeat(4001))],
  ["an unknown receiver", "receiver_offline", (client) => client.say(nobody, "hi")],
  ["oneself", "self", (client) => client.say(client.id, "hi")],
]

test.each(refused)("%s is answered by an error %s, and the connection lives on", async (_, code, send) => {
  const [anna, ben] = [await join("refused anna"), await join("refused ben")]
  send(anna, ben)
  const error = await anna.error(code)
  expect(error.message).toMatch(/\w.*\.$/)
  anna.say(ben.id, "still here")
  await ben.until(() => ben.contents.includes("still here"))
  expect(ben.contents).toEqual(["still here"])
})

const wrongFields: [string, object][] = [
  ["receiver_id", { type: "chat_message", content: "hi" }],
  ["receiver_id", { type: "chat_message", receiver_id: 7, content: "hi" }],
  ["content", { type: "chat_message", receiver_id: nobody }],
  ["content", { type: "chat_message", receiver_id: nobody, content: ["hi"] }],
  ["receiver_id", { type: "chat_message", receiver_id: "x".repeat(65), content: "hi" }],
]

test.each(wrongFields)(
  "the error names the field that is missing or wrong: %s in %j",
  async (field, frame) => {
    const anna = await join("wrong anna")
    anna.send(frame)
    expect((await anna.error("bad_frame")).message).toContain(`\`${field}\``)
  },
)

test("an error about a message says to whom it was", async () => {
  const anna = await join("addressed anna")
  anna.say(nobody, "hi")
  expect((await anna.error("receiver_offline")).receiver_id).toBe(nobody)
})

test("unknown fields are ignored", async () => {
  const [anna, ben] = [await join("extra anna"), await join("extra ben")]
  anna.send({
    type: "chat_message",
    receiver_id: ben.id,
    content: "hi",
    client_id: 5,
    sender_id: "forged",
    seq: -1,
  })
  await ben.until(() => ben.contents.includes("hi"))
  const received = await ben.next(isChat)
  expect(received).toMatchObject({ message: { sender_id: anna.id } })
  expect(Object.keys(received).sort()).toEqual(["message", "type"])
})

test("ten bad frames in ten seconds end the connection with 4429", async () => {
  const anna = await join("bad anna")
  for (let i = 0; i < 10; i++) anna.send("{")
  expect((await anna.closed.promise).code).toBe(4429)
})

test("a frame over the limit is closed with 1009", async () => {
  const anna = await join("big anna")
  anna.send("x".repeat(65_537))
  expect((await anna.closed.promise).code).toBe(1009)
})

test("names need not be unique, and each has an id of its own", async () => {
  const [one, two] = [await join("twin"), await join("twin")]
  expect(one.id).not.toBe(two.id)
  one.say(two.id, "are you me?")
  await two.until(() => two.contents.includes("are you me?"))
})

test("a missing or blank name gets a generated one", async () => {
  for (const path of ["/ws", "/ws/", "/ws/%20%20"]) {
    const socket = new WebSocket(duet.url.replace("http", "ws") + path)
    const first = await new Promise<string>((resolve) => {
      socket.onmessage = ({ data }) => resolve(data)
    })
    expect(JSON.parse(first).name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
    socket.close()
  }
})

test("a name is decoded and normalised", async () => {
  const socket = new WebSocket(`${duet.url.replace("http", "ws")}/ws/%20Zo%65%CC%88%20%20K.%20`)
  const first = await new Promise<string>((resolve) => {
    socket.onmessage = ({ data }) => resolve(data)
  })
  expect(JSON.parse(first).name).toBe("Zoë K.")
  socket.close()
})
