import type { HashedAssets } from "../assets/assets.ts"
import type { WebContext } from "../context.ts"
import { clientAddress } from "../http/client-address.ts"
import { readOrigin } from "../http/cookies.ts"
import { originAllowed } from "../http/origin.ts"
import {
  type Problem,
  tooManyConnections,
  tooManyFromHere,
  tooManyPeople,
  tooManyRequests,
} from "../http/problems.ts"
import { type Address, readAddress } from "./address.ts"
import type { Descriptors } from "./descriptors.ts"
import { PageTurns } from "./page-turns.ts"
import type { AddressRules } from "./quota.ts"
import { Visitors } from "./visitors.ts"

const fullCost = 1

/** The cost of a request with a limit of its own, or for a file of the page: a first view fetches some 80 files. */
const lightCost = 0.1

/** A search looks at everybody online: it costs one more token per this many people. */
const peoplePerToken = 20_000

/** The `Retry-After` for an address with too many unread pages. */
const unreadMs = 1000

const nothing = () => {}

export interface AdmissionOptions {
  readonly context: Pick<WebContext, "config" | "directory" | "log" | "companion" | "memory">
  readonly descriptors: Descriptors
  /** The files of the page. */
  readonly assets: Pick<HashedAssets, "prefix" | "files">
  readonly now: () => number
  /** The peer address of a request's connection. */
  peerOf(request: Request): string
  /** How many sockets are open. */
  openSockets(): number
}

/** Whether a socket may open; `address` is charged for it, unless it is `undefined`: then no limit applies. */
export type SocketAdmission = { readonly address: Address | undefined } | { readonly refused: Problem }

/** Decides who gets in: every request, every new socket and every new session passes here. */
export class Admission {
  readonly visitors: Visitors
  readonly turns = new PageTurns()
  #warned = false
  #warnedOfHost = false

  constructor(readonly options: AdmissionOptions) {
    this.visitors = new Visitors(rulesOf(options.context.config), options.now)
  }

  /** Whether a connection stays open after its response: not while descriptors are scarce. */
  get keepsConnections(): boolean {
    return !this.options.descriptors.isScarce
  }

  /** Checks any request, before anything else is done for it. */
  request(request: Request): Problem | undefined {
    this.#warnOfProxy(request)
    const cost = this.#costOf(request)
    if (cost === 0) return undefined
    const address = this.#charged(request)
    if (address === undefined) return undefined
    const waitMs = cost === "probe" ? this.visitors.probe(address) : this.visitors.request(address, cost)
    return waitMs > 0 ? tooManyRequests(waitMs) : undefined
  }

  /** Charges the rest of a full request for a handshake that was refused. */
  handshakeFailed(request: Request): void {
    if (this.#costOf(request) !== lightCost) return
    const address = this.#charged(request)
    if (address !== undefined) this.visitors.owe(address, fullCost - lightCost)
  }

  /** Whether a form is another site's; the cookie of an origin that was found to be our own settles it. */
  isForeignForm(request: Request): boolean {
    const own = readOrigin(request)
    return (own === undefined || own !== request.headers.get("origin")) && this.isForeign(request)
  }

  /** Whether a page of another site sends this request. */
  isForeign(request: Request): boolean {
    const { ALLOWED_ORIGINS, TRUST_PROXY } = this.options.context.config
    if (originAllowed(request, ALLOWED_ORIGINS, { hops: TRUST_PROXY })) return false
    this.#warnOfHost(request)
    return true
  }

  /** Checks a page or a form, which begins a session unless its user has one. */
  session(request: Request, userId: string): Problem | undefined {
    const { context, descriptors } = this.options
    if (context.directory.find(userId) !== undefined) return undefined
    if (isFull(context)) return tooManyPeople
    if (descriptors.isScarce) return tooManyConnections
    const address = this.#charged(request)
    const waitMs = address === undefined ? 0 : this.visitors.session(address, userId)
    return waitMs > 0 ? tooManyFromHere(waitMs) : undefined
  }

  /** Checks a page, which may be long; call `read` once the reader has it. */
  page(request: Request): { readonly read: () => void } | { readonly refused: Problem } {
    if (this.turns.isFull) return { refused: tooManyConnections }
    const address = this.#charged(request)
    const read = address === undefined ? nothing : this.visitors.page(address)
    return read === undefined ? { refused: tooManyRequests(unreadMs) } : { read }
  }

  /** Checks a search among everybody online; resolves when its turn comes. */
  async search(request: Request): Promise<Problem | undefined> {
    if (this.turns.isFull) return tooManyConnections
    const address = this.#charged(request)
    const cost = this.options.context.directory.online / peoplePerToken
    const waitMs = address === undefined ? 0 : this.visitors.request(address, cost)
    if (waitMs > 0) return tooManyRequests(waitMs)
    await this.turns.next()
    return undefined
  }

  /** A user left by a form: their session, if it never had a socket, no longer counts. */
  forgetSession(request: Request, userId: string): void {
    const address = this.#charged(request)
    if (address !== undefined) this.visitors.forgetSession(address, userId)
  }

  /** Checks a socket; without `userId` the socket only carries the reason of a refusal. */
  socket(request: Request, userId: string | undefined): SocketAdmission {
    const { context, descriptors, openSockets } = this.options
    if (userId === context.companion.id) return { address: undefined }
    const isHere = userId !== undefined && context.directory.listed(userId)?.arrived === true
    if (!isHere && isFull(context)) return { refused: tooManyPeople }
    if (descriptors.isScarce || openSockets() >= descriptors.maxSockets)
      return { refused: tooManyConnections }
    const address = this.#charged(request)
    const waitMs = address === undefined ? 0 : this.visitors.socket(address, userId)
    return waitMs > 0 ? { refused: tooManyFromHere(waitMs) } : { address }
  }

  /** Checks a join: a refusal here is better than a page without a socket. */
  door(): Problem | undefined {
    if (isFull(this.options.context)) return tooManyPeople
    return this.options.descriptors.isScarce ? tooManyConnections : undefined
  }

  /** Echo costs nothing; a handshake costs little, for it is charged as a socket too. */
  #costOf({ method, url, headers }: Request): number | "probe" {
    const path = pathOf(url)
    if (probePaths.has(path)) return "probe"
    const isRead = method === "GET" || method === "HEAD"
    if (isRead && this.#isAsset(path)) return lightCost
    if (method !== "GET" || !headers.has("upgrade") || !socketPath.test(path)) return fullCost
    const isCompanion = headers.get("sec-websocket-protocol")?.includes(this.options.context.companion.key)
    return isCompanion ? 0 : lightCost
  }

  #isAsset(path: string): boolean {
    const { prefix, files } = this.options.assets
    return path.startsWith(prefix) && files.has(path.slice(prefix.length + 1))
  }

  #charged(request: Request): Address | undefined {
    const { context, peerOf } = this.options
    const { TRUST_PROXY, LIMIT_PRIVATE } = context.config
    const address = clientAddress(request, peerOf(request), { hops: TRUST_PROXY })
    return address.isPrivate && !LIMIT_PRIVATE ? undefined : address
  }

  /** Behind a proxy that is not trusted all people share one address, or have no limits. */
  #warnOfProxy(request: Request): void {
    const { context, peerOf } = this.options
    if (this.#warned || context.config.TRUST_PROXY > 0) return
    if (!forwarding.some((header) => request.headers.has(header))) return
    const peer = peerOf(request)
    if (!readAddress(peer)?.isPrivate) return
    this.#warned = true
    context.log(
      "warn",
      "A PROXY FORWARDS REQUESTS AND IS NOT TRUSTED: limits by address see the proxy, not its clients. Set TRUST_PROXY to the number of proxies in front (usually 1)",
      { proxy: peer },
    )
  }

  /** Behind a proxy that does not pass the Host on, our own pages look like another site's. */
  #warnOfHost(request: Request): void {
    const { context, peerOf } = this.options
    const origin = request.headers.get("origin") ?? ""
    if (this.#warnedOfHost || !URL.canParse(origin) || !readAddress(peerOf(request))?.isPrivate) return
    this.#warnedOfHost = true
    context.log(
      "warn",
      "a page was refused as another site's: if it is yours, have the proxy pass Host and X-Forwarded-Proto on, or name its origin in ALLOWED_ORIGINS",
      { origin: new URL(origin).origin, host: request.headers.get("host") ?? "" },
    )
  }
}

const probePaths: ReadonlySet<string> = new Set(["/health/live", "/health/ready"])

const socketPath = /^\/(ws|u\/[^/]+\/socket)(?![^/])/

const forwarding = ["x-forwarded-for", "forwarded", "x-real-ip"] as const

/** With a malformed Host the URL is only a path. */
function pathOf(url: string): string {
  const at = url.startsWith("/") ? 0 : url.indexOf("/", url.indexOf("//") + 2)
  const end = url.indexOf("?", at)
  return url.slice(at, end < 0 ? undefined : end)
}

/** Whether there is no room for another user; sessions that never had a socket make room, and do not count. */
function isFull({ config, directory, memory }: AdmissionOptions["context"]): boolean {
  return (
    memory.exhausted || (config.MAX_USERS > 0 && directory.size - directory.unattached >= config.MAX_USERS)
  )
}

function rulesOf(config: WebContext["config"]): AddressRules {
  return {
    connections: config.CONNECTIONS_PER_IP,
    connectRate: config.CONNECT_RATE,
    connectBurst: config.CONNECT_BURST,
    httpRate: config.HTTP_RATE,
    httpBurst: config.HTTP_BURST,
  }
}
