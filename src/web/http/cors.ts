/** The page's own paths: no other site may read the messages there. */
const ownPath = /^\/(?:u|join|assets)(?![^/])/

/** How long a browser may cache a preflight, in seconds; none caches it for longer. */
const preflightLasts = 7200

/** Lets pages of allowed origins read the API and its errors (Fetch, "CORS protocol"). */
export class Cors {
  constructor(readonly origins: readonly string[]) {}

  /** Adds the CORS headers to a response. */
  mark(request: Request, path: string, { headers }: Response): void {
    if (this.origins.length === 0 || ownPath.test(path)) return
    headers.append("vary", "Origin")
    const origin = request.headers.get("origin")
    if (origin === null || !this.origins.includes(origin)) return
    headers.set("access-control-allow-origin", origin)
    headers.set("access-control-expose-headers", "Allow, Retry-After")
  }

  /** The further headers of a preflight's response. A wildcard would leave out `Authorization`. */
  preflight(request: Request, path: string, methods: string): Record<string, string> {
    const origin = request.headers.get("origin")
    const isAsked = request.headers.has("access-control-request-method")
    if (!isAsked || origin === null || !this.origins.includes(origin) || ownPath.test(path)) return {}
    return {
      "access-control-allow-methods": methods,
      "access-control-allow-headers": "Authorization, Content-Type",
      "access-control-max-age": String(preflightLasts),
    }
  }
}
