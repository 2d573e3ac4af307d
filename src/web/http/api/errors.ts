import type { RequestErrorCode } from "../../../wire/error-codes.ts"

/** An error of the HTTP API; the message says what to do. */
export function jsonError(
  status: number,
  code: RequestErrorCode,
  message: string,
  headers?: Record<string, string>,
): Response {
  return Response.json({ error: { code, message } }, { status, ...(headers && { headers }) })
}

/** The header that says when to try again. */
export function retryAfter(ms: number | undefined): Record<string, string> {
  return ms === undefined ? {} : { "retry-after": String(Math.ceil(ms / 1000)) }
}

/** Whether a browser asks for a page. */
export function wantsHtml(request: Request): boolean {
  return request.headers.get("accept")?.includes("text/html") ?? false
}
