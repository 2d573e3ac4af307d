import { expect, test } from "bun:test"
import type { ServerWebSocket } from "bun"
import { Visitors } from "../../src/web/limits/visitors.ts"
import { Broadcast } from "../../src/web/sockets/broadcast.ts"
import { duetV1 } from "../../src/web/sockets/dialects/duet-v1.ts"
import { SocketHub } from "../../src/web/sockets/hub.ts"
import { RateLimits } from "../../src/web/sockets/rate-limit.ts"
import { Socket } from "../../src/web/sockets/socket.ts"
import { createStage } from "../support/stage.ts"

/** The far end of a socket that takes what is written to it only when it is told to. */
class SlowWire {
  readonly frames: string[] = []
  buffered = 0

  send(frame: string): number {
    this.frames.push(frame)
    this.buffered += frame.length
    return -1
  }

  getBufferedAmount(): number {
    return this.buffered
  }

  pause(): void {}
  resume(): void {}
  subscribe(): void {}

  get numbers(): number[] {
    return this.frames.map((frame) => JSON.parse(frame)).flatMap(({ seq }) => seq ?? [])
  }
}

test("a frame that is answered while a replay waits for room does not strand the replay", () => {
  const stage = createStage()
  const [anna, ben] = [stage.join("anna"), stage.join("ben")]
  for (let i = 0; i < 6; i++) ben.say(anna.id, "x".repeat(20_000))
  stage.flush()
  const { wire, socket } = connect(stage, anna.id)
  stage.flush()
  expect(wire.numbers).toEqual([1, 2, 3, 4])
  wire.buffered = 30_000
  socket.drained()
  socket.received('{"type":"ping"}')
  wire.buffered = 0
  socket.drained()
  stage.flush()
  expect(wire.numbers).toEqual([1, 2, 3, 4, 5, 6])
})

function connect({ presence }: ReturnType<typeof createStage>, id: string) {
  const now = () => 0
  const clock = { now, wall: now, after: () => ({ cancel: () => {} }) }
  const open = { messageRate: 0, messageBurst: 0, byteRate: 0, byteBurst: 0, frameRate: 0, frameBurst: 0 }
  const rules = { connections: 0, connectRate: 0, connectBurst: 0, httpRate: 0, httpBurst: 0 }
  const limits = { content: 0, frame: 0, outbound: 0, heartbeatMs: 0 }
  const terms = {
    window_seconds: 1,
    limits: {
      content_characters: 0,
      frame_bytes: 0,
      messages_per_second: 0,
      burst: 0,
      heartbeat_seconds: 0,
    },
  }
  const socket = new Socket({
    hub: new SocketHub(
      presence,
      new RateLimits(open, now),
      new Visitors(rules, now),
      limits,
      clock,
      () => {},
    ),
    dialect: new Broadcast(duetV1(terms), { publish: () => 0, subscriberCount: () => 0 }),
    user: { id, name: "anna", classic: false },
    cursor: undefined,
    address: undefined,
    newKey: undefined,
  })
  const wire = new SlowWire()
  socket.opened(wire as unknown as ServerWebSocket<Socket>)
  return { wire, socket }
}
