import type { Html } from "../../../views/html.ts"
import type { Assets } from "../../../views/model.ts"
import { errorPage } from "../../../views/shell/error-page.ts"
import { bestEncoding, encodings } from "../assets/accept-encoding.ts"
import { packNow } from "../assets/precompress.ts"
import { jsonError, retryAfter, wantsHtml } from "./api/errors.ts"
import { readTheme } from "./cookies.ts"
import type { Problem } from "./problems.ts"

/** The assets as this browser wants them shown. */
export function dressed(assets: Assets, request: Request): Assets {
  const theme = readTheme(request)
  return theme === undefined ? assets : { ...assets, theme }
}

/** Whether htmx asks, for a part of the page alone. */
export function asksForPart(request: Request): boolean {
  return request.headers.get("hx-request") === "true"
}

/** A page; never cached, for it shows who is here now. Each cookie is one `Set-Cookie`. */
export function htmlResponse(page: Html, status = 200, cookies: readonly string[] = []): Response {
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
  for (const cookie of cookies) headers.append("set-cookie", cookie)
  return new Response(page.text, { status, headers })
}

/** What a socket to a reader takes at once, in bytes. */
const piece = 32_768

/** A page that may be long; `read` is called when all but its last piece is on its way to the reader, or the reader is gone. */
export function longResponse(request: Request, page: Html, read: () => void): Response {
  const response = htmlResponse(page)
  const bytes = new TextEncoder().encode(page.text)
  if (bytes.length <= piece || request.method === "HEAD" || request.signal.aborted) {
    read()
    return response
  }
  request.signal.addEventListener("abort", read)
  // As soon as a reader takes a piece the next one goes out.
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    read()
  }
  return new Response(pieces(), response)
}

/**
 * A page in which nobody has said anything, packed where that is welcome. One that holds what was said never is:
 * whoever makes a reader's page repeat words of theirs could tell from its length which others it holds (BREACH).
 */
export function wordlessResponse(request: Request, page: Html): Response {
  const response = htmlResponse(page)
  response.headers.set("vary", "Accept-Encoding")
  const encoding = bestEncoding(request.headers.get("accept-encoding") ?? "", encodings)
  if (encoding === undefined) return response
  response.headers.set("content-encoding", encoding)
  return new Response(packNow[encoding](page.text), response)
}

/** Sends the browser elsewhere by GET. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" })
  for (const cookie of cookies) headers.append("set-cookie", cookie)
  return new Response(null, { status: 303, headers })
}

/** An error as the asker reads it: a page in a browser, JSON elsewhere. */
export function problemResponse(request: Request, problem: Problem, assets: Assets): Response {
  const response = wantsHtml(request)
    ? htmlResponse(errorPage(problem, dressed(assets, request)), problem.status)
    : jsonError(problem.status, problem.code, problem.message)
  response.headers.set("vary", "Accept")
  for (const [name, value] of Object.entries(retryAfter(problem.retryAfterMs)))
    response.headers.set(name, value)
  return response
}
