import type { Html } from "../../../views/html.ts"
import type { Assets } from "../../../views/model.ts"
import { errorPage } from "../../../views/shell/error-page.ts"
import { bestEncoding, encodings } from "../assets/accept-encoding.ts"
import { compressNow } from "../assets/precompress.ts"
import { jsonError, retryAfter, wantsHtml } from "./api/errors.ts"
import { readTheme } from "./cookies.ts"
import type { Problem } from "./problems.ts"

/** The assets, with this browser's theme. */
export function withTheme(assets: Assets, request: Request): Assets {
  const theme = readTheme(request)
  return theme === undefined ? assets : { ...assets, theme }
}

/** Whether htmx asks for a part of the page. */
export function wantsPart(request: Request): boolean {
  return request.headers.get("hx-request") === "true"
}

/** A page; never cached, for it shows who is online now. Each cookie is one `Set-Cookie`. */
export function htmlResponse(page: Html, status = 200, cookies: readonly string[] = []): Response {
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
  for (const cookie of cookies) headers.append("set-cookie", cookie)
  return new Response(page.text, { status, headers })
}

/** The bytes that a socket takes at once. */
const piece = 32_768

/** A page that may be long; calls `read` when only its last piece is left to send, or when the reader has gone. */
export function longResponse(request: Request, page: Html, read: () => void): Response {
  const response = htmlResponse(page)
  const bytes = new TextEncoder().encode(page.text)
  if (bytes.length <= piece || request.method === "HEAD" || request.signal.aborted) {
    read()
    return response
  }
  request.signal.addEventListener("abort", read)
  // Bun asks for the next piece when the socket has taken one.
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    read()
  }
  return new Response(pieces(), response)
}

/**
 * A page without messages, compressed if the browser accepts it. A page with messages is never compressed: an attacker
 * who gets their own words into it could guess the others from its length (BREACH).
 */
export function compressedResponse(request: Request, page: Html): Response {
  const response = htmlResponse(page)
  response.headers.set("vary", "Accept-Encoding")
  const encoding = bestEncoding(request.headers.get("accept-encoding") ?? "", encodings)
  if (encoding === undefined) return response
  response.headers.set("content-encoding", encoding)
  return new Response(compressNow[encoding](page.text), response)
}

/** Redirects the browser to another page by GET. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" })
  for (const cookie of cookies) headers.append("set-cookie", cookie)
  return new Response(null, { status: 303, headers })
}

/** An error, as a page for a browser and as JSON for others. */
export function problemResponse(request: Request, problem: Problem, assets: Assets): Response {
  const response = wantsHtml(request)
    ? htmlResponse(errorPage(problem, withTheme(assets, request)), problem.status)
    : jsonError(problem.status, problem.code, problem.message)
  response.headers.set("vary", "Accept")
  for (const [name, value] of Object.entries(retryAfter(problem.retryAfterMs)))
    response.headers.set(name, value)
  return response
}
