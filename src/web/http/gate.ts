import type { HashedAssets } from "../assets/assets.ts"
import { packedAssets } from "../assets/packed-assets.ts"
import type { WebContext } from "../context.ts"
import type { Admission } from "../limits/admission.ts"
import { cheapResponse } from "../limits/cheap-response.ts"
import { isSecure } from "./client-address.ts"
import { Cors } from "./cors.ts"
import { problemResponse } from "./html-response.ts"
import { Methods, type Routed } from "./methods.ts"
import { badHost, wrongMethod } from "./problems.ts"
import { hasUrl } from "./requested-url.ts"
import { securityHeaders } from "./security-headers.ts"

/** A year: browsers that came by TLS once come by nothing else. */
const strictTransport = "max-age=31536000"

/** What is behind the gate; nothing is answered when the request became a socket. */
interface App extends Routed {
  fetch(request: Request): Answer
}

type Answer = Response | undefined | Promise<Response | undefined>

export interface GateOptions {
  readonly app: App
  readonly context: Pick<WebContext, "config">
  readonly assets: HashedAssets
  readonly admission: Admission
}

/** Everything that HTTP asks of every route and every answer, whichever route it is. */
export async function createGate({ app, context, assets, admission }: GateOptions) {
  const { ALLOWED_ORIGINS, TRUST_PROXY } = context.config
  const cors = new Cors(ALLOWED_ORIGINS)
  const methods = new Methods(app)
  const packed = await packedAssets(assets)
  const cheap = cheapResponse(assets)

  function answer(request: Request): Answer {
    const path = pathOf(request)
    const allowed = methods.of(path)
    if (allowed === undefined || isAmong(allowed, request.method)) return app.fetch(request)
    const allow = allowed.join(", ")
    if (request.method === "OPTIONS")
      return new Response(null, { status: 204, headers: { allow, ...cors.preflight(request, path, allow) } })
    const response = problemResponse(request, wrongMethod(allow), assets)
    response.headers.set("allow", allow)
    return response
  }

  function dress(request: Request, response: Response | undefined): Response | undefined {
    if (response === undefined) return undefined
    const { headers } = response
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!headers.has(name)) headers.set(name, value)
    }
    if (!admission.keepsConnections) headers.set("connection", "close")
    if (isSecure(request, { hops: TRUST_PROXY })) headers.set("strict-transport-security", strictTransport)
    cors.mark(request, pathOf(request), response)
    return response
  }

  /** What is said on every answer would be a third of all that a first view weighs. */
  function bare(asset: Response): Response {
    if (!admission.keepsConnections) asset.headers.set("connection", "close")
    return asset
  }

  return (request: Request): Answer => {
    const refused = admission.request(request)
    const isNamed = hasUrl(request)
    if (refused !== undefined) return dress(request, cheap(request, refused))
    if (!isNamed) {
      admission.handshakeFailed(request)
      return dress(request, problemResponse(request, badHost, assets))
    }
    const asset = packed(request)
    if (asset !== undefined) return bare(asset)
    const made = answer(request)
    return made instanceof Promise ? made.then((each) => dress(request, each)) : dress(request, made)
  }
}

/** `OPTIONS` is answered here, for no route has one of its own. */
function isAmong(allowed: readonly string[], method: string): boolean {
  return method !== "OPTIONS" && allowed.includes(method)
}

/** Where the Host is malformed there is a path alone, or nothing that could be read. */
function pathOf({ url }: Request): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
