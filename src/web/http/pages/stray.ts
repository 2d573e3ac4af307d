import { isSecure, type ProxyTrust } from "../client-address.ts"
import { forgetIdentity, readKnown, rememberKnown, rememberStrayed } from "../cookies.ts"
import { seeOther } from "../html-response.ts"
import { isOwn } from "../origin.ts"

/** Marks the join page's URL for a browser that keeps no cookies. */
export const cookielessMark = "no-cookies"

/** Redirects a browser without the cookie of the identity in the URL to the join page, which says why. */
export function strayed(request: Request, id: string, trust: ProxyTrust): Response {
  const why = keepsNoCookies(request, trust) ? `?${cookielessMark}` : ""
  const response = toTheDoor(request, id, trust, why)
  response.headers.append("set-cookie", rememberStrayed(isSecure(request, trust)))
  return response
}

export function toTheDoor(request: Request, id: string, trust: ProxyTrust, query = ""): Response {
  const known = readKnown(request).filter((each) => each.id !== id)
  const secure = isSecure(request, trust)
  return seeOther(`/${query}`, [...forgetIdentity(id, secure), ...rememberKnown(known, secure)])
}

/** A browser that comes from the join page has just been given cookies. */
function keepsNoCookies(request: Request, trust: ProxyTrust): boolean {
  const referer = request.headers.get("referer") ?? ""
  if (request.headers.has("cookie") || !isOwn(referer, request, trust)) return false
  return ["/", "/join"].includes(new URL(referer).pathname)
}
