/** Who is at the other end, and under which name they asked for us, behind the proxies that are trusted. */
export interface ProxyTrust {
  /** How many proxies stand in front; 0 believes no forwarded header. */
  readonly hops: number
}

/** The address of the client: what the outermost trusted proxy saw, else the socket's own. */
export function clientAddress(request: Request, socketAddress: string, { hops }: ProxyTrust): string {
  return forwarded(request, "x-forwarded-for", hops) ?? socketAddress
}

/** The host that the client asked for. */
export function requestedHost(request: Request, { hops }: ProxyTrust): string {
  return (
    forwarded(request, "x-forwarded-host", hops) ?? request.headers.get("host") ?? new URL(request.url).host
  )
}

/** Whether the client speaks TLS to us or to the proxy. */
export function isSecure(request: Request, { hops }: ProxyTrust): boolean {
  const protocol = forwarded(request, "x-forwarded-proto", hops)
  return protocol === undefined ? request.url.startsWith("https:") : protocol === "https"
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

/** Loopback and private addresses (RFC 1918, RFC 4193, link-local), which a proxy or an office shares. */
export function isPrivate(address: string): boolean {
  const v4 = address.replace(/^::ffff:/i, "")
  return (
    /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(v4) ||
    /^(::1$|f[cd]|fe[89ab])/i.test(address)
  )
}

/** What counts as one address: IPv6 by its /64, for that is what one household has. */
export function addressBlock(address: string): string {
  const v4 = address.replace(/^::ffff:/i, "")
  if (!v4.includes(":")) return v4
  const [head = "", tail = ""] = v4.split("::")
  const front = head.split(":").filter(Boolean)
  const back = tail.split(":").filter(Boolean)
  const gap = v4.includes("::") ? Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0") : []
  return [...front, ...gap, ...back]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")
}
