import { HandClock } from "../../../src/actor/testing.ts"
import { Visitors } from "../../../src/web/limits/visitors.ts"
import { SocketHub } from "../../../src/web/sockets/hub.ts"
import { type RateLimitRules, RateLimits } from "../../../src/web/sockets/rate-limit.ts"
import { createStage } from "../../support/stage.ts"

export const noRules: RateLimitRules = {
  messageRate: 0,
  messageBurst: 0,
  byteRate: 0,
  byteBurst: 0,
  frameRate: 0,
  frameBurst: 0,
}

const noLimits = { connections: 0, connectRate: 0, connectBurst: 0, httpRate: 0, httpBurst: 0 }

/** The hub of the sockets, with a clock moved by hand; what it logs is kept. */
export function createHub(rules: Partial<RateLimitRules> = {}, { stage = createStage(), outbound = 0 } = {}) {
  const clock = new HandClock(0)
  const logged: { message: string; fields: unknown }[] = []
  const now = () => clock.now()
  const visitors = new Visitors(noLimits, now)
  const limits = { content: 0, frame: 0, outbound, heartbeatMs: 0 }
  const rateLimits = new RateLimits({ ...noRules, ...rules }, now)
  const hub = new SocketHub(stage.presence, rateLimits, visitors, limits, clock, (_level, message, fields) =>
    logged.push({ message, fields }),
  )
  const advance = (ms: number) => {
    const end = clock.now() + ms
    while (clock.ringNext(end));
  }
  return { hub, clock, stage, logged, advance }
}
