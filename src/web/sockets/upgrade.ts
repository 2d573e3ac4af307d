import type { Cursor } from "../../chat/epoch.ts"
import { checkName, generateName } from "../../chat/names.ts"
import type { Newcomer } from "../../chat/presence/presence-message.ts"
import type { WebContext } from "../context.ts"
import { jsonError, retryAfter } from "../http/api/errors.ts"
import { readIdentity } from "../http/cookies.ts"
import { idOfKey, newKey as makeKey, proofOf } from "../http/pages/identity.ts"
import type { Address } from "../limits/address.ts"
import type { Admission } from "../limits/admission.ts"
import type { Broadcast } from "./broadcast.ts"
import { readCursor } from "./dialects/cursor.ts"
import type { SocketHub } from "./hub.ts"
import { Socket, type SocketOptions } from "./socket.ts"
import { type Offer, readOffer } from "./subprotocol.ts"

/** What can make a socket of a request: Bun's servers. */
export interface Upgrader {
  upgrade(request: Request, options: { data: Socket; headers: Record<string, string> }): boolean
}

/** How each kind of client is spoken to. */
export interface Speech {
  readonly classic: Broadcast
  readonly duetV1: Broadcast
  readonly page: Broadcast
}

/** What a request asks to become. */
interface Asked extends Pick<SocketOptions, "dialect" | "user" | "cursor" | "newKey"> {
  readonly subprotocol?: string
  /** A page of ours showed that it asks: what a proxy made of the Host does not matter. */
  readonly isOwnPage?: boolean
}

export interface UpgradeOptions {
  readonly context: WebContext
  readonly hub: SocketHub
  readonly admission: Admission
  readonly speech: Speech
  readonly upgrader: Upgrader
}

const foreignPage =
  "Pages of another site may not connect: name it in ALLOWED_ORIGINS, or pass Host on if a proxy stands in front."

/** The requests that become sockets. Each answers a response when the request is refused. */
export class Upgrade {
  constructor(readonly options: UpgradeOptions) {}

  /** `/ws` and `/ws/{user_name}`: a program, or another front end. Cookies are ignored here. */
  program(request: Request): Response | undefined {
    return this.#charged(request, this.#program(request))
  }

  /** `/u/{id}/socket`: the page of somebody who joined. One that left is told so by 4410, which ends its retries. */
  browser(request: Request, id: string): Response | undefined {
    return this.#charged(request, this.#browser(request, id))
  }

  #charged(request: Request, refused: Response | undefined): Response | undefined {
    if (refused !== undefined) this.options.admission.handshakeFailed(request)
    return refused
  }

  #program(request: Request): Response | undefined {
    const name = nameInPath(request)
    if (name === undefined)
      return jsonError(400, "bad_name", "The name's percent-escapes are malformed: encode it.")
    const offer = readOffer(request)
    const checked = this.#isCompanion(offer) ? { name } : checkName(name)
    if ("refused" in checked) return jsonError(400, "bad_name", checked.refused)
    if (offer === "bad-key")
      return jsonError(400, "bad_key", "A key is 32 bytes in base64url, offered as duet.key.<43 characters>.")
    if (offer === "unknown")
      return jsonError(400, "bad_subprotocol", "The subprotocol is unknown: offer duet.v1, or none at all.")
    const cursor = offer && readCursor(request)
    if (cursor === "bad")
      return jsonError(400, "bad_cursor", "A cursor is `after` and `epoch`, both as the session told them.")
    const asked = this.#asked(checked.name || generateName(Math.random), offer, cursor)
    return this.#upgrade(request, asked)
  }

  /** A cursor of another form is an older page's: refused, it would try for ever. */
  #browser(request: Request, id: string): Response | undefined {
    const identity = readIdentity(request, id)
    const user = identity && { id, name: identity.name, classic: false }
    const read = readCursor(request)
    const cursor = read === "bad" ? undefined : read
    const said = new URL(request.url).searchParams.get("proof")
    const isOwnPage = identity !== undefined && said === proofOf(identity.key)
    return this.#upgrade(request, {
      dialect: this.options.speech.page,
      user,
      cursor,
      newKey: undefined,
      isOwnPage,
    })
  }

  #asked(name: string, offer: Offer | undefined, cursor: Cursor | undefined): Asked {
    const { classic, duetV1 } = this.options.speech
    if (offer === undefined) {
      const user: Newcomer = { id: crypto.randomUUID(), name, classic: true }
      return { dialect: classic, user, cursor, newKey: undefined }
    }
    const newKey = offer.key === undefined ? makeKey() : undefined
    // A companion talks with everybody: its session keeps nothing of what they say.
    const user: Newcomer = this.#isCompanion(offer)
      ? { id: this.options.context.companion.id, name, classic: true }
      : { id: idOfKey(offer.key ?? newKey ?? ""), name, classic: false }
    return { dialect: duetV1, user, cursor, newKey, subprotocol: offer.subprotocol }
  }

  /** The one to whom no rule of names applies. */
  #isCompanion(offer: ReturnType<typeof readOffer>): boolean {
    return typeof offer === "object" && offer.key === this.options.context.companion.key
  }

  #upgrade(request: Request, asked: Asked): Response | undefined {
    const { admission } = this.options
    const { user } = asked
    if (request.method !== "GET" || request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return jsonError(426, "upgrade_required", "This is a WebSocket: connect with ws:// or wss://.", {
        upgrade: "websocket",
      })
    }
    if (!asked.isOwnPage && admission.isForeign(request)) return jsonError(403, "foreign_origin", foreignPage)
    const admitted = admission.socket(request, user?.id)
    if ("address" in admitted) return this.#open(request, asked, admitted.address)
    const { status, code, message, retryAfterMs } = admitted.refused
    return jsonError(status, code, message, retryAfter(retryAfterMs))
  }

  #open(
    request: Request,
    { subprotocol, isOwnPage: _, ...asked }: Asked,
    address: Address | undefined,
  ): Response | undefined {
    const user = asked.user && { ...asked.user, address }
    const data = new Socket({ ...asked, user, hub: this.options.hub, address })
    const headers = subprotocol === undefined ? {} : { "sec-websocket-protocol": subprotocol }
    if (this.options.upgrader.upgrade(request, { data, headers })) return undefined
    return jsonError(400, "bad_handshake", "This WebSocket handshake is incomplete.")
  }
}

/** The part after `/ws/`, percent-decoded; nothing when that cannot be done. */
function nameInPath(request: Request): string | undefined {
  const { pathname } = new URL(request.url)
  try {
    return decodeURIComponent(pathname.replace(/^\/ws\/?/, ""))
  } catch {
    return undefined
  }
}
