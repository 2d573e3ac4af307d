import { afterAll, beforeAll, expect, test } from "bun:test"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { RawSocket } from "../../support/raw-socket.ts"

let duet: RunningDuet
let anna: ClassicClient

beforeAll(async () => {
  duet = await startDuet()
  anna = await ClassicClient.join(duet.url, "anna")
})

afterAll(async () => {
  anna.close()
  await duet.stop()
})

function say(receiverId: string, content: string): Buffer {
  return RawSocket.frame(JSON.stringify({ type: "chat_message", receiver_id: receiverId, content }))
}

test("frames that come with the handshake wait for the welcome, and are then handled in order (C47)", async () => {
  const raw = RawSocket.rush(
    duet.port,
    "/ws/ben",
    say("nobody", "x"),
    say(anna.id, "one"),
    say(anna.id, "two"),
  )
  let answer = ""
  await raw.until((bytes) => {
    answer = bytes.toString()
    return answer.includes('"two"')
  })
  const at = ["connection_established", "receiver_offline", '"one"', '"two"'].map((each) =>
    answer.indexOf(each),
  )
  expect(at).toEqual([...at].sort((a, b) => a - b))
  await anna.until(() => anna.contents.includes("two"))
  expect(anna.contents).toEqual(["one", "two"])
  raw.destroy()
})

test("a script may say its piece and go in one breath (C47)", async () => {
  const raw = RawSocket.rush(duet.port, "/ws/cleo", say(anna.id, "piece"), RawSocket.goodbye)
  await anna.until(() => anna.contents.includes("piece"))
  raw.destroy()
})
