import type { Assets } from "../../../views/model.ts"
import { errorPage } from "../../../views/shell/error-page.ts"
import { retryAfter, wantsHtml } from "../http/api/errors.ts"
import { type Problem, tooManyRequests } from "../http/problems.ts"
import { securityHeaders } from "../http/security-headers.ts"

/**
 * Answers requests over their address's rate, cheaply, for they may be many: page, JSON and headers are made once. The
 * connection ends, for its next requests would be refused too.
 */
export function cheapResponse(assets: Assets) {
  const { title, status, code, message } = tooManyRequests(0)
  const page = errorPage({ title, status, message }, assets).text
  const json = JSON.stringify({ error: { code, message } })
  const headers = { ...securityHeaders, "cache-control": "no-store", vary: "Accept", connection: "close" }
  const pageHeaders = { ...headers, "content-type": "text/html; charset=utf-8" }
  const jsonHeaders = { ...headers, "content-type": "application/json" }

  return (request: Request, { retryAfterMs }: Problem): Response => {
    const isPage = wantsHtml(request)
    return new Response(isPage ? page : json, {
      status,
      headers: { ...(isPage ? pageHeaders : jsonHeaders), ...retryAfter(retryAfterMs) },
    })
  }
}
