import { forwardedProtocol, type ProxyTrust, requestedHost } from "./client-address.ts"

/**
 * Whether a page may connect or post: one of this origin or of an allowed one may. Programs send no `Origin` and may
 * too. The opaque origin `null` is refused.
 */
export function originAllowed(request: Request, allowed: readonly string[], trust: ProxyTrust): boolean {
  const origin = request.headers.get("origin")
  return origin === null || allowed.includes(origin) || isOwn(origin, request, trust)
}

/** Whether the URL of a page, from `Origin` or `Referer`, is of this origin. */
export function isOwn(page: string, request: Request, trust: ProxyTrust): boolean {
  const url = URL.canParse(page) ? new URL(page) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false
  // No page can change this header, and the browser knows the address that it asked, whatever a proxy changes.
  if (request.headers.get("sec-fetch-site") === "same-origin") return true
  const protocol = forwardedProtocol(request, trust)
  if (protocol !== undefined && `${protocol}:` !== url.protocol) return false
  const asked = `${url.protocol}//${requestedHost(request, trust)}`
  if (!URL.canParse(asked)) return false
  if (new URL(asked).host === url.host) return true
  // Proxies leave ports out or change them. Cookies go to all ports of a host anyway.
  return (trust.hops > 0 || isPortless(asked)) && new URL(asked).hostname === url.hostname
}

/** Whether a URL names no port; a default port that is written counts as one. */
function isPortless(url: string): boolean {
  return !/:\d+$/.test(url)
}
