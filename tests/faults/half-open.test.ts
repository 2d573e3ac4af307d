import { afterAll, beforeAll, expect, test } from "bun:test"
import type { Frame } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { TcpRelay } from "../support/tcp-relay.ts"
import { V1Client } from "../support/v1-client.ts"

/** In seconds. A drop may come up to `slack` later than two heartbeats, for Bun's timer ticks every 4 s. */
const heartbeat = 4
const slack = 4
const withinMs = (2 * heartbeat + slack) * 1000

let duet: RunningDuet
let relay: TcpRelay

beforeAll(async () => {
  duet = await startDuet({
    HEARTBEAT: String(heartbeat),
    LEAVE_GRACE: "0",
    LOG_LEVEL: "error",
    MESSAGE_RATE: "0",
    BYTE_RATE: "0",
    FRAME_RATE: "0",
  })
  relay = await TcpRelay.start(duet.port)
})

afterAll(async () => {
  relay.stop()
  await duet.stop()
})

const isOffline = (frame: Frame) => frame.type === "presence" && frame.is_online === false

test("a dead socket is dropped within two heartbeats, and the resume brings what was sent into it", async () => {
  const { anna, ben } = await talking("quiet")
  const listener = await V1Client.join(duet.url, "listener")
  relay.cutAll("silence")
  for (const content of ["into", "the", "void"]) ben.say(anna.id, content)
  await soon(ben.next(isOffline))
  const back = await V1Client.join(duet.url, "anna", { key: anna.session.key ?? "", cursor: anna.at(1) })
  expect(back.session).toEqual({ resumed: true, seq: 4, epoch: anna.session.epoch })
  await back.until(() => back.contents.length === 3)
  expect(back.contents).toEqual(["into", "the", "void"])
  expect(ben.frames.filter(({ status }) => status === "delivered" || status === "undelivered")).toEqual([])
  back.send({ type: "ack", seq: 4 })
  await ben.next(({ status }) => status === "delivered")
  ben.say(listener.id, "and you?")
  await listener.until(() => listener.contents.includes("and you?"))
  for (const client of [ben, back, listener]) client.close()
}, 30_000)

test("a dead socket is dropped within two heartbeats also while others send to it", async () => {
  const { anna, ben } = await talking("busy")
  relay.cutAll("silence")
  const chatter = setInterval(() => ben.say(anna.id, "are you there?"), 500)
  try {
    await soon(ben.next(isOffline))
  } finally {
    clearInterval(chatter)
    ben.close()
  }
}, 30_000)

/** Two users with one message exchanged: anna through the relay, ben without it. */
async function talking(name: string) {
  const [anna, ben] = [await V1Client.join(relay.url, name), await V1Client.join(duet.url, `${name} friend`)]
  ben.say(anna.id, "hi")
  await anna.until(() => anna.contents.includes("hi"))
  return { anna, ben }
}

async function soon(event: Promise<unknown>): Promise<void> {
  const late = Bun.sleep(withinMs).then(() => {
    throw new Error(`not within ${withinMs} ms`)
  })
  await Promise.race([event, late])
}
