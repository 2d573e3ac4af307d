/** A Host by RFC 9110: a name or an address, and perhaps a port. */
const hostForm = /^(?:[\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i

/** For requests without a Host, such as the health checks of load balancers by HTTP/1.0. */
const noHost = "http://localhost"

/** Whether a request has a usable URL; gives one to a request of HTTP/1.0 without a Host. A malformed Host makes it unusable. */
export function hasUrl(request: Request): boolean {
  const host = request.headers.get("host")
  if (host !== null && !hostForm.test(host)) return false
  // Changes the request itself, not a copy: Bun knows the peer address only of its own requests.
  if (host === null && request.url.startsWith("/"))
    Object.defineProperty(request, "url", { value: noHost + request.url })
  return /^https?:/.test(request.url) && URL.canParse(request.url)
}
