import { type ProxyTrust, requestedHost } from "./client-address.ts"

/**
 * Whether a page may connect or post: one of this host or of an allowed origin. Programs send no
 * `Origin` and are fine. The opaque origin `null` is nobody's and is refused.
 */
export function originAllowed(request: Request, allowed: readonly string[], trust: ProxyTrust): boolean {
  const origin = request.headers.get("origin")
  if (origin === null) return true
  if (allowed.includes(origin)) return true
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  return (
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.host === withoutDefaultPort(requestedHost(request, trust), url.protocol)
  )
}

/** Browsers leave the default port out of an origin; a `Host` header may hold it. */
function withoutDefaultPort(host: string, protocol: string): string {
  return URL.canParse(`${protocol}//${host}`) ? new URL(`${protocol}//${host}`).host : host
}
