import { systemClock } from "../actor/index.ts"
import type { Announcer } from "../chat/presence/announcer.ts"
import { createApp } from "./app.ts"
import { hashAssets } from "./assets/assets.ts"
import type { WebConfig, WebContext } from "./context.ts"
import { jsonError } from "./http/api/errors.ts"
import { createGate } from "./http/gate.ts"
import { Admission } from "./limits/admission.ts"
import { Descriptors } from "./limits/descriptors.ts"
import { Listener } from "./listener.ts"
import { Announcers, Broadcast } from "./sockets/broadcast.ts"
import { classic } from "./sockets/dialects/classic.ts"
import { duetV1, type Terms } from "./sockets/dialects/duet-v1.ts"
import { page } from "./sockets/dialects/page.ts"
import { SocketHub } from "./sockets/hub.ts"
import { RateLimits } from "./sockets/rate-limit.ts"
import { Upgrade } from "./sockets/upgrade.ts"

/** Pages, the HTTP API and sockets, on one port. */
export class Web {
  readonly #descriptors = new Descriptors()
  readonly #listener = new Listener(this.#descriptors)
  readonly #classic: Broadcast
  readonly #page: Broadcast
  readonly #duetV1: Broadcast
  #hub: SocketHub | undefined

  /** Receives from presence who is online. */
  readonly announcer: Announcer

  constructor(readonly config: WebConfig) {
    const outbound = config.OUTBOUND_LIMIT
    this.#classic = new Broadcast(classic, this.#listener, outbound)
    this.#page = new Broadcast(page, this.#listener, outbound)
    this.#duetV1 = new Broadcast(duetV1(termsOf(config)), this.#listener, outbound)
    this.announcer = new Announcers([this.#classic, this.#page, this.#duetV1])
  }

  /** Listens, and resolves with the port. Rejects when the port is taken. */
  async listen(context: WebContext): Promise<number> {
    const { config, presence, companion, log } = context
    const { now } = systemClock
    const assets = await hashAssets()
    const admission = new Admission({
      context,
      descriptors: this.#descriptors,
      assets,
      now,
      peerOf: (request) => this.#listener.peerOf(request),
      openSockets: () => this.sockets,
    })
    const hub = new SocketHub(
      presence,
      new RateLimits(rateLimitRules(config), now, companion.id),
      admission.visitors,
      limits(config),
      systemClock,
      log,
    )
    this.#hub = hub
    const speech = { classic: this.#classic, duetV1: this.#duetV1, page: this.#page }
    const sockets = new Upgrade({ context, hub, admission, speech, upgrader: this.#listener })
    const app = await createApp(context, sockets, assets, admission)
    const fetch = await createGate({ app, context, assets, admission })
    const options = { ...serving, hostname: config.HOST, websocket: hub.handlers, fetch }
    return this.#listener.open({ port: config.PORT, serve: (port) => Bun.serve({ ...options, port }), log })
  }

  /** How many sockets are open. */
  get sockets(): number {
    return this.#hub?.size ?? 0
  }

  /** Accepts no more connections, and closes the sockets with a code that lets them reconnect. */
  stop(): void {
    this.#listener.stop()
    this.#hub?.closeAll("restarting")
  }
}

/** In bytes: the only body that is read is a form with a name. */
const maxBody = 16_384

const serving = {
  reusePort: false,
  development: false,
  maxRequestBodySize: maxBody,
  /** In seconds; it ends unfinished requests, unread answers and idle connections. */
  idleTimeout: 10,
  error: () => jsonError(500, "failed", "Something went wrong on our side: try again."),
} as const

function termsOf(config: WebConfig): Terms {
  return {
    window_seconds: config.RESUME_WINDOW / 1000,
    limits: {
      content_characters: config.CONTENT_LIMIT,
      frame_bytes: config.FRAME_LIMIT,
      messages_per_second: config.MESSAGE_RATE,
      burst: config.MESSAGE_BURST,
      heartbeat_seconds: config.HEARTBEAT / 1000,
    },
  }
}

function rateLimitRules(config: WebConfig) {
  return {
    messageRate: config.MESSAGE_RATE,
    messageBurst: config.MESSAGE_BURST,
    byteRate: config.BYTE_RATE,
    byteBurst: config.BYTE_BURST,
    frameRate: config.FRAME_RATE,
    frameBurst: config.FRAME_BURST,
  }
}

function limits(config: WebConfig) {
  return {
    content: config.CONTENT_LIMIT,
    frame: config.FRAME_LIMIT,
    outbound: config.OUTBOUND_LIMIT,
    heartbeatMs: config.HEARTBEAT,
  }
}
