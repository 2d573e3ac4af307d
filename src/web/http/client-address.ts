import { type Address, readAddress } from "../limits/address.ts"

/** How many proxies are trusted to tell the client's address, the host and the scheme. */
export interface ProxyTrust {
  /** How many proxies stand in front; 0 ignores all forwarded headers. */
  readonly hops: number
}

/**
 * The client's address: the one that the outermost trusted proxy saw, else the socket's own, `peer`. If a proxy
 * forwards something else than an address, the proxy itself is charged, also if it is private: otherwise this would
 * bypass every limit.
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
  const protocol = forwardedProtocol(request, { hops })
  return protocol === undefined ? request.url.startsWith("https:") : protocol === "https"
}

/** The client's scheme, if a trusted proxy tells it; `undefined` does not rule out TLS in front. */
export function forwardedProtocol(request: Request, { hops }: ProxyTrust): string | undefined {
  return forwarded(request, "x-forwarded-proto", hops)?.toLowerCase()
}

/** The entry of the outermost trusted proxy, counted from the end, for each proxy appends one. */
function forwarded(request: Request, header: string, hops: number): string | undefined {
  if (hops === 0) return undefined
  const entries = request.headers.get(header)?.split(",") ?? []
  return (entries.at(-hops) ?? entries[0])?.trim() || undefined
}

/** The requested origin, like `https://duet.example`. */
export function originOf(request: Request, trust: ProxyTrust): string {
  return `${isSecure(request, trust) ? "https" : "http"}://${requestedHost(request, trust)}`
}
