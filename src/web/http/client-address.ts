import { type Address, readAddress } from "../limits/address.ts"

/** Who is at the other end, and under which name they asked for us, behind the proxies that are trusted. */
export interface ProxyTrust {
  /** How many proxies stand in front; 0 believes no forwarded header. */
  readonly hops: number
}

/**
 * The address of the client: what the outermost trusted proxy saw, else the socket's own, `peer`. What a proxy forwards
 * that is no address is charged to the proxy, however private, or it would be a way round every limit.
 */
export function clientAddress(request: Request, peer: string, { hops }: ProxyTrust): Address {
  const own = readAddress(peer) ?? { block: peer, site: undefined, isPrivate: false }
  const said = forwarded(request, "x-forwarded-for", hops)
  if (said === undefined) return own
  return readAddress(said) ?? { ...own, isPrivate: false }
}

/** The host that the client asked for. */
export function requestedHost(request: Request, { hops }: ProxyTrust): string {
  return (
    forwarded(request, "x-forwarded-host", hops) ?? request.headers.get("host") ?? new URL(request.url).host
  )
}

/** Whether the client speaks TLS to us or to the proxy. */
export function isSecure(request: Request, { hops }: ProxyTrust): boolean {
  const protocol = saidProtocol(request, { hops })
  return protocol === undefined ? request.url.startsWith("https:") : protocol === "https"
}

/** The scheme that the client asked by, where a proxy that is trusted tells; without its word there may be TLS in front. */
export function saidProtocol(request: Request, { hops }: ProxyTrust): string | undefined {
  return forwarded(request, "x-forwarded-proto", hops)?.toLowerCase()
}

/** The entry that the outermost trusted proxy added: each proxy appends one, so it is counted from the end. */
function forwarded(request: Request, header: string, hops: number): string | undefined {
  if (hops === 0) return undefined
  const entries = request.headers.get(header)?.split(",") ?? []
  return (entries.at(-hops) ?? entries[0])?.trim() || undefined
}

/** The origin of what was asked for, as in `https://duet.example`. */
export function originOf(request: Request, trust: ProxyTrust): string {
  return `${isSecure(request, trust) ? "https" : "http"}://${requestedHost(request, trust)}`
}
