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

/** For a year, a browser that used TLS once uses nothing else. */
const strictTransport = "max-age=31536000"

/** The app behind the gate; it returns `undefined` when the request became a socket. */
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

/** Does what all routes have in common: admission, methods, CORS, security headers and compressed assets. */
export async function createGate({ app, context, assets, admission }: GateOptions) {
  const { ALLOWED_ORIGINS, TRUST_PROXY } = context.config
  const cors = new Cors(ALLOWED_ORIGINS)
  const methods = new Methods(app)
  const compressedAsset = await packedAssets(assets)
  const refuse = cheapResponse(assets)

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

  function finish(request: Request, response: Response | undefined): Response | undefined {
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

  /** Assets go without the common headers, which would be a third of a first view's bytes. */
  function finishAsset(asset: Response): Response {
    if (!admission.keepsConnections) asset.headers.set("connection", "close")
    return asset
  }

  return (request: Request): Answer => {
    const refused = admission.request(request)
    const isNamed = hasUrl(request)
    if (refused !== undefined) return finish(request, refuse(request, refused))
    if (!isNamed) {
      admission.handshakeFailed(request)
      return finish(request, problemResponse(request, badHost, assets))
    }
    const asset = compressedAsset(request)
    if (asset !== undefined) return finishAsset(asset)
    const made = answer(request)
    return made instanceof Promise ? made.then((each) => finish(request, each)) : finish(request, made)
  }
}

/** The gate itself answers `OPTIONS`. */
function isAmong(allowed: readonly string[], method: string): boolean {
  return method !== "OPTIONS" && allowed.includes(method)
}

/** With a malformed Host the URL is only a path, or unreadable. */
function pathOf({ url }: Request): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
