import { afterAll, beforeAll, expect, test } from "bun:test"
import ReconnectingWebSocket from "partysocket/ws"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { type Cut, TcpRelay } from "../support/tcp-relay.ts"
import { until } from "../support/until.ts"
import { V1Client } from "../support/v1-client.ts"

/** For another project's client, which reconnects by itself and knows nothing of Duet. */
const patience = { minReconnectionDelay: 10, maxReconnectionDelay: 100, connectionTimeout: 5000 }

let duet: RunningDuet
let relay: TcpRelay

beforeAll(async () => {
  duet = await startDuet({ LOG_LEVEL: "error", MESSAGE_RATE: "0", FRAME_RATE: "0", LEAVE_GRACE: "0" })
  relay = await TcpRelay.start(duet.port)
})

afterAll(async () => {
  relay.stop()
  await duet.stop()
})

test("on the classic protocol another project's client comes back as a new user, and talks on", async () => {
  const ben = await ClassicClient.join(duet.url, "ben")
  const ids: string[] = []
  const heard: string[] = []
  const anna = new ReconnectingWebSocket(`${relay.url.replace("http", "ws")}/ws/anna`, [], patience)
  anna.onmessage = ({ data }) => {
    const { type, user_id, message } = JSON.parse(String(data))
    if (type === "connection_established") ids.push(user_id)
    if (type === "chat_message") heard.push(message.content)
  }
  const cuts: readonly Cut[] = ["rst", "fin"]
  for (const [round, how] of cuts.entries()) {
    const id = await until("a welcome", () => ids[round])
    ben.say(id, `before the ${how}`)
    await until("a message", () => heard.includes(`before the ${how}`))
    relay.cutAll(how)
    const next = await until("another welcome", () => ids[round + 1])
    anna.send(JSON.stringify({ type: "chat_message", receiver_id: ben.id, content: `after the ${how}` }))
    await ben.until(() => ben.contents.includes(`after the ${how}`))
    expect(next).not.toBe(id)
  }
  expect(new Set(ids).size).toBe(3)
  anna.close()
  ben.close()
})

test("on duet.v1 another project's client stays the same user and misses nothing, with its cursor in the URL and its key as a subprotocol", async () => {
  const ben = await V1Client.join(duet.url, "ben")
  const sessions: { readonly resumed: boolean }[] = []
  const heard: string[] = []
  let [id, key, cursor] = ["", "", ""]
  let epoch = ""
  const anna = new ReconnectingWebSocket(
    () => `${relay.url.replace("http", "ws")}/ws/anna${cursor}`,
    () => (key === "" ? ["duet.v1"] : ["duet.v1", `duet.key.${key}`]),
    patience,
  )
  anna.onmessage = ({ data }) => {
    const { type, user_id, session, seq, message } = JSON.parse(String(data))
    if (type === "connection_established") {
      id = user_id
      key = session.key ?? key
      epoch = session.epoch
      sessions.push(session)
    }
    if (type !== "chat_message") return
    cursor = `?after=${seq}&epoch=${epoch}`
    heard.push(message.content)
    anna.send(JSON.stringify({ type: "ack", seq }))
  }
  await until("a welcome", () => id !== "")
  const said = Array.from({ length: 40 }, (_, i) => `message ${i}`)
  for (const [i, content] of said.entries()) {
    ben.say(id, content)
    if (i % 10 !== 5) continue
    await until("what was said", () => heard.includes(content))
    relay.cutAll(i % 20 === 5 ? "rst" : "fin")
  }
  await until("all that was said", () => heard.length >= said.length)
  await ben.next(({ status, message_id }) => status === "delivered" && message_id === ben.idOf("message 39"))
  expect(heard).toEqual(said)
  expect(sessions.map(({ resumed }) => resumed)).toEqual([false, true, true, true, true])
  expect(ben.frames.filter(({ status }) => status === "undelivered")).toEqual([])
  anna.close()
  ben.close()
})
