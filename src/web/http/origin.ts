import { type ProxyTrust, requestedHost, saidProtocol } from "./client-address.ts"

/**
 * Whether a page may connect or post: one of this origin or of an allowed one. Programs send no `Origin` and are fine.
 * The opaque origin `null` is nobody's and is refused.
 */
export function originAllowed(request: Request, allowed: readonly string[], trust: ProxyTrust): boolean {
  const origin = request.headers.get("origin")
  return origin === null || allowed.includes(origin) || isOwn(origin, request, trust)
}

/** Whether a page that the reader comes from, or a form's or a socket's, is of this origin. */
export function isOwn(page: string, request: Request, trust: ProxyTrust): boolean {
  const url = URL.canParse(page) ? new URL(page) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false
  // The browser's own word, which no page can change: it knows the address that it asked, whatever a proxy makes of it.
  if (request.headers.get("sec-fetch-site") === "same-origin") return true
  const protocol = saidProtocol(request, trust)
  if (protocol !== undefined && `${protocol}:` !== url.protocol) return false
  const asked = `${url.protocol}//${requestedHost(request, trust)}`
  if (!URL.canParse(asked)) return false
  if (new URL(asked).host === url.host) return true
  // Proxies leave ports out or put their own: what a browser holds for a host goes to all of its ports anyway.
  return (trust.hops > 0 || isPortless(asked)) && new URL(asked).hostname === url.hostname
}

/** A default port that is spelled out is one. */
function isPortless(url: string): boolean {
  return !/:\d+$/.test(url)
}
