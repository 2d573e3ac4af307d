/** The page's own: no other site has a use for them, and none may read what is said there. */
const ownPath = /^\/(?:u|join|assets)(?![^/])/

/** Seconds that a browser may remember a preflight; none remembers it for longer. */
const preflightLasts = 7200

/** What lets the pages of allowed sites read the API and its refusals (Fetch, "CORS protocol"). */
export class Cors {
  constructor(readonly origins: readonly string[]) {}

  /** Adds to any answer what its reader's browser asks for. */
  mark(request: Request, path: string, { headers }: Response): void {
    if (this.origins.length === 0 || ownPath.test(path)) return
    headers.append("vary", "Origin")
    const origin = request.headers.get("origin")
    if (origin === null || !this.origins.includes(origin)) return
    headers.set("access-control-allow-origin", origin)
    headers.set("access-control-expose-headers", "Allow, Retry-After")
  }

  /** What a preflight is told on top. A wildcard would leave out `Authorization`. */
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
