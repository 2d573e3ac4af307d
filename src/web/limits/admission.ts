import { clientAddress } from "../client-address.ts"
import type { WebContext } from "../context.ts"
import { readOrigin } from "../cookies.ts"
import { originAllowed } from "../origin.ts"
import { fullHouse, noRoom, type Trouble, tooManyFromHere, tooManyRequests } from "../troubles.ts"
import { type Address, readAddress } from "./address.ts"
import type { Descriptors } from "./descriptors.ts"
import { PageTurns } from "./page-turns.ts"
import type { AddressRules } from "./quota.ts"
import { Visitors } from "./visitors.ts"

/** What a request costs that has a limit of its own, or takes next to nothing: a first view fetches some 80 files. */
const lightCost = 0.1

/** Sessions without a socket that every house has room for. */
const waitingAtLeast = 64

/** Part of `MAX_USERS` that sessions without a socket may be. */
const waitingPart = 0.1

/** After which somebody with too many unread pages may ask again. */
const unreadMs = 1000

const nothing = () => {}

export interface AdmissionOptions {
  readonly context: Pick<WebContext, "config" | "directory" | "log" | "companion" | "memory">
  readonly descriptors: Descriptors
  /** Where the files of the page are, as in `/assets/3f2a`. */
  readonly assets: string
  readonly now: () => number
  /** The address at the other end of a request's connection. */
  peerOf(request: Request): string
  /** How many sockets are open. */
  openSockets(): number
}

/** Whether a socket may open; `address` is who is charged for it, nothing for whom no limit holds. */
export type SocketAdmission = { readonly address: Address | undefined } | { readonly refused: Trouble }

/** Decides who gets in: every request, every socket and every session that begins passes here. */
export class Admission {
  readonly visitors: Visitors
  readonly turns = new PageTurns()
  #warned = false
  #warnedOfHost = false

  constructor(readonly options: AdmissionOptions) {
    this.visitors = new Visitors(rulesOf(options.context.config), options.now)
  }

  /** Any request, before anything else is done for it. */
  request(request: Request): Trouble | undefined {
    this.#warnOfProxy(request)
    const cost = this.#costOf(request)
    if (cost === 0) return undefined
    const address = this.#charged(request)
    const waitMs = address === undefined ? 0 : this.visitors.request(address, cost)
    return waitMs > 0 ? tooManyRequests(waitMs) : undefined
  }

  /** Whether a form is another site's; one of an origin that was found to be our own before is not. */
  isForeignForm(request: Request): boolean {
    const own = readOrigin(request)
    return (own === undefined || own !== request.headers.get("origin")) && this.isForeign(request)
  }

  /** Whether a page of another site connects or posts. */
  isForeign(request: Request): boolean {
    const { ALLOWED_ORIGINS, TRUST_PROXY } = this.options.context.config
    if (originAllowed(request, ALLOWED_ORIGINS, { hops: TRUST_PROXY })) return false
    this.#warnOfHost(request)
    return true
  }

  /** A page or a form, which begins a session unless its user is here already. */
  session(request: Request, userId: string): Trouble | undefined {
    const { context, descriptors } = this.options
    if (context.directory.find(userId) !== undefined) return undefined
    if (this.#hasNoRoomToWait()) return fullHouse
    if (descriptors.isScarce) return noRoom
    const address = this.#charged(request)
    const waitMs = address === undefined ? 0 : this.visitors.session(address, userId)
    return waitMs > 0 ? tooManyFromHere(waitMs) : undefined
  }

  /** A page of a conversation, which may be long; `read` is to be called once it has been read. */
  page(request: Request): { readonly read: () => void } | { readonly refused: Trouble } {
    if (this.turns.isFull) return { refused: noRoom }
    const address = this.#charged(request)
    const read = address === undefined ? nothing : this.visitors.page(address)
    return read === undefined ? { refused: tooManyRequests(unreadMs) } : { read }
  }

  /** Somebody leaves by a form: a session of theirs that has no socket yet is waited for no longer. */
  left(request: Request, userId: string): void {
    const address = this.#charged(request)
    if (address !== undefined) this.visitors.left(address, userId)
  }

  /** A socket; `userId` is left out where it comes to nothing but a word of why. */
  socket(request: Request, userId: string | undefined): SocketAdmission {
    const { context, descriptors, openSockets } = this.options
    if (userId === context.companion.id) return { address: undefined }
    const isHere = userId !== undefined && context.directory.listed(userId)?.arrived === true
    if (!isHere && isFull(context)) return { refused: fullHouse }
    if (descriptors.isScarce || openSockets() >= descriptors.socketsAtMost) return { refused: noRoom }
    const address = this.#charged(request)
    const waitMs = address === undefined ? 0 : this.visitors.socket(address, userId)
    return waitMs > 0 ? { refused: tooManyFromHere(waitMs) } : { address }
  }

  /** Whoever would get a page and no socket is better told at the door. */
  door(): Trouble | undefined {
    if (this.#hasNoRoomToWait()) return fullHouse
    return this.options.descriptors.isScarce ? noRoom : undefined
  }

  /** Probes are always answered, and Echo, which is ours; a socket's handshake is charged as a connection too. */
  #costOf({ url, headers }: Request): number {
    // Where the Host is malformed there is a path alone.
    const at = url.startsWith("/") ? 0 : url.indexOf("/", url.indexOf("//") + 2)
    if (url.startsWith("/health/", at)) return 0
    if (url.startsWith(this.options.assets, at)) return lightCost
    if (!headers.has("upgrade") || !socketPath.test(url.slice(at))) return 1
    const isCompanion = headers.get("sec-websocket-protocol")?.includes(this.options.context.companion.key)
    return isCompanion ? 0 : lightCost
  }

  #charged(request: Request): Address | undefined {
    const { context, peerOf } = this.options
    const { TRUST_PROXY, LIMIT_PRIVATE } = context.config
    const address = clientAddress(request, peerOf(request), { hops: TRUST_PROXY })
    return address.isPrivate && !LIMIT_PRIVATE ? undefined : address
  }

  /** Sessions without a socket never keep out one that has a socket. */
  #hasNoRoomToWait(): boolean {
    const { config, directory, memory } = this.options.context
    if (memory.exhausted) return true
    if (config.MAX_USERS === 0) return false
    const most = Math.max(waitingAtLeast, config.MAX_USERS * waitingPart)
    return directory.size >= config.MAX_USERS || directory.waiting >= most
  }

  /** Behind a proxy that is not trusted all people are one address, or none that is limited. */
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

  /** A proxy that does not pass the Host on makes our own pages look like another site's. */
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

const socketPath = /^\/(ws|u\/[^/?]+\/socket)(?![^/?])/

const forwarding = ["x-forwarded-for", "forwarded", "x-real-ip"] as const

/** Whether one person more is one too many; those who wait for their first socket do not count. */
function isFull({ config, directory, memory }: AdmissionOptions["context"]): boolean {
  return memory.exhausted || (config.MAX_USERS > 0 && directory.size - directory.waiting >= config.MAX_USERS)
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
