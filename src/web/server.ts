import type { Server } from "bun"
import { wallClock } from "../actor/index.ts"
import type { Announcer } from "../chat/announcer.ts"
import { closeCodes } from "../chat/close-codes.ts"
import { Allowances } from "./allowance.ts"
import { createApp } from "./app.ts"
import { ConnectLimit } from "./connect-limit.ts"
import type { WebConfig, WebContext } from "./context.ts"
import { classic } from "./dialect/classic.ts"
import { duetV1, type Terms } from "./dialect/duet-v1.ts"
import { page } from "./dialect/page.ts"
import { jsonError } from "./errors.ts"
import type { Socket } from "./socket.ts"
import { SocketHub } from "./socket-hub.ts"
import { Announcers, type Publisher, Topics } from "./topics.ts"
import { WebSockets } from "./web-sockets.ts"

/** The way out is there before the server is: until it listens, nobody hears. */
class LatePublisher implements Publisher {
  server: Server<Socket> | undefined

  publish(topic: string, frame: string, compress: boolean): number {
    return this.server?.publish(topic, frame, compress) ?? 0
  }

  subscriberCount(topic: string): number {
    return this.server?.subscriberCount(topic) ?? 0
  }
}

/** The web: pages, the HTTP API and sockets, on one port. */
export class Web {
  readonly #publisher = new LatePublisher()
  readonly #classic: Topics
  readonly #page: Topics
  readonly #duetV1: Topics
  #hub: SocketHub | undefined

  /** Who presence tells of those online. */
  readonly announcer: Announcer

  constructor(readonly config: WebConfig) {
    const outbound = config.OUTBOUND_LIMIT
    this.#classic = new Topics(classic, this.#publisher, outbound)
    this.#page = new Topics(page, this.#publisher, outbound)
    this.#duetV1 = new Topics(duetV1(termsOf(config)), this.#publisher, outbound)
    this.announcer = new Announcers([this.#classic, this.#page, this.#duetV1])
  }

  /** Listens, and answers the port. Throws when the port is taken. */
  async listen(context: WebContext): Promise<number> {
    const { config, presence, companion } = context
    const clock = { now: () => performance.now(), after: wallClock.after }
    const { now } = clock
    const hub = new SocketHub(
      presence,
      new Allowances(allowanceRules(config), now, companion.id),
      connectLimit(config, now),
      limits(config),
      clock,
      context.log,
    )
    const speech = { classic: this.#classic, duetV1: this.#duetV1, page: this.#page }
    const app = await createApp(context, new WebSockets(context, hub, speech))
    app.listen({
      port: config.PORT,
      hostname: config.HOST,
      reusePort: false,
      development: false,
      maxRequestBodySize: largestBody,
      error: () => jsonError(500, "failed", "Something went wrong on our side: try again."),
      websocket: hub.handlers,
    })
    const { server } = app
    if (server?.port === undefined) throw new Error("the server did not start")
    this.#hub = hub
    this.#publisher.server = server
    return server.port
  }

  /** How many sockets are open. */
  get sockets(): number {
    return this.#hub?.size ?? 0
  }

  /** Takes no more connections, and closes the sockets with a code that brings them back. */
  stop(): void {
    void this.#publisher.server?.stop(false)
    this.#hub?.closeAll(closeCodes.restarting)
  }
}

/** The only body that is read is a form with a name. */
const largestBody = 16_384

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

function allowanceRules(config: WebConfig) {
  return {
    messageRate: config.MESSAGE_RATE,
    messageBurst: config.MESSAGE_BURST,
    byteRate: config.BYTE_RATE,
    byteBurst: config.BYTE_BURST,
    frameRate: config.FRAME_RATE,
    frameBurst: config.FRAME_BURST,
  }
}

function connectLimit(config: WebConfig, now: () => number): ConnectLimit {
  const { CONNECTIONS_PER_IP, CONNECT_RATE, CONNECT_BURST, LIMIT_PRIVATE } = config
  return new ConnectLimit(
    { sockets: CONNECTIONS_PER_IP, rate: CONNECT_RATE, burst: CONNECT_BURST, limitPrivate: LIMIT_PRIVATE },
    now,
  )
}

function limits(config: WebConfig) {
  return {
    content: config.CONTENT_LIMIT,
    frame: config.FRAME_LIMIT,
    outbound: config.OUTBOUND_LIMIT,
    heartbeatMs: config.HEARTBEAT,
  }
}
