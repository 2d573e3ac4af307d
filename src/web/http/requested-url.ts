/** What RFC 9110 has for a Host: a name or an address, and perhaps a port. */
const hostForm = /^(?:[\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i

/** Stands in where none was named, as by the checks of load balancers, which speak HTTP/1.0. */
const noHost = "http://localhost"

/** Whether a request names what it wants: one of HTTP/1.0 without a Host is given a URL, one with a malformed Host has none. */
export function hasUrl(request: Request): boolean {
  const host = request.headers.get("host")
  if (host !== null && !hostForm.test(host)) return false
  // Its own property, and not a copy: Bun tells the address of a request that it made, and of no other.
  if (host === null && request.url.startsWith("/"))
    Object.defineProperty(request, "url", { value: noHost + request.url })
  return /^https?:/.test(request.url) && URL.canParse(request.url)
}
