import { isSecure, type ProxyTrust } from "../client-address.ts"
import { forgetIdentity, readKnown, rememberKnown, rememberStrayed } from "../cookies.ts"
import { seeOther } from "../html-response.ts"
import { isOwn } from "../origin.ts"

/** In the door's address, for a browser that can be told nothing by a cookie. */
export const cookielessMark = "no-cookies"

/** Sends whoever asks as somebody they are not, or are no more, to the door, which says why. */
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

/** Whoever has just come through the door was given cookies there. */
function keepsNoCookies(request: Request, trust: ProxyTrust): boolean {
  const referer = request.headers.get("referer") ?? ""
  if (request.headers.has("cookie") || !isOwn(referer, request, trust)) return false
  return ["/", "/join"].includes(new URL(referer).pathname)
}
