import type { Theme } from "../../../views/model.ts"
import { checkName } from "../../chat/names.ts"
import { type Identity, idOfKey, isKey, type KnownIdentity } from "./pages/identity.ts"

/** Behind TLS browsers enforce the rules of these prefixes; `__Host-` allows only the path `/`. */
const identityCookie = { plain: "duet", secure: "__Secure-duet" }
const knownCookie = { plain: "duet_known", secure: "__Host-duet_known" }
const strayedCookie = { plain: "duet_strayed", secure: "__Host-duet_strayed" }
const doorCookie = { plain: "duet_door", secure: "__Host-duet_door" }
const originCookie = { plain: "duet_origin", secure: "__Host-duet_origin" }
const themeCookie = { plain: "duet_theme", secure: "__Host-duet_theme" }

/** A cookie's name with and without TLS. Both are read, so that a server that gets TLS still knows its users. */
type CookieName = typeof identityCookie

/** This many of the longest names fit the 4096 bytes that browsers keep of a cookie, attributes included. */
const maxKnown = 5
const thirtyDays = 30 * 24 * 60 * 60
/** How long a browser may take to follow the redirect to the join page, in seconds. */
const redirectSeconds = 60
/** How long somebody may take to press the button once more, in seconds. */
const doorFormSeconds = 600
const userIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function isUserId(text: string): boolean {
  return userIdForm.test(text)
}

/** The path of an identity's cookie: with one per path a browser can be several people side by side. */
export function identityPath(id: string): string {
  return `/u/${id}/`
}

/** The identity in a request's cookie for this path; `undefined` if there is none or another's. */
export function readIdentity(request: Request, id: string): Identity | undefined {
  const value = cookieOf(request, identityCookie) ?? ""
  const [key, name] = [value.slice(0, 43), value.slice(44)]
  if (!isKey(key) || idOfKey(key) !== id || !isName(name)) return undefined
  return { key, id, name }
}

/** This browser's earlier identities, newest first. */
export function readKnown(request: Request): KnownIdentity[] {
  const entries = (cookieOf(request, knownCookie) ?? "").split("|").slice(0, maxKnown)
  return entries
    .map((entry) => ({ id: entry.slice(0, 36), name: Buffer.from(entry.slice(37), "base64url").toString() }))
    .filter(({ id, name }) => isUserId(id) && isName(name))
}

export function rememberIdentity({ key, id, name }: Identity, secure: boolean): string {
  return cookie(identityCookie, `${key}.${name}`, identityPath(id), thirtyDays, secure)
}

export function forgetIdentity(id: string, secure: boolean): string[] {
  return forget(identityCookie, identityPath(id), secure)
}

export function rememberKnown(known: readonly KnownIdentity[], secure: boolean): string[] {
  const entries = known
    .slice(0, maxKnown)
    .map(({ id, name }) => `${id}.${Buffer.from(name).toString("base64url")}`)
  if (entries.length === 0) return forget(knownCookie, "/", secure)
  return [cookie(knownCookie, entries.join("|"), "/", thirtyDays, secure)]
}

/** Makes the join page say why the browser was redirected to it. */
export function rememberStrayed(secure: boolean): string {
  return cookie(strayedCookie, "1", "/", redirectSeconds, secure)
}

export function forgetStrayed(secure: boolean): string[] {
  return forget(strayedCookie, "/", secure)
}

export function hasStrayed(request: Request): boolean {
  return cookieOf(request, strayedCookie) !== undefined
}

/** A token that the join form must return where nothing else proves that the form is ours (CSRF). */
export function rememberDoor(token: string, secure: boolean): string {
  return cookie(doorCookie, token, "/", doorFormSeconds, secure)
}

export function isDoorToken(request: Request, token: string): boolean {
  return token !== "" && cookieOf(request, doorCookie) === token
}

/** The page's own origin, as found behind a proxy that hides it. */
export function rememberOrigin(origin: string, secure: boolean): string {
  return cookie(originCookie, origin, "/", thirtyDays, secure)
}

export function readOrigin(request: Request): string | undefined {
  return cookieOf(request, originCookie)
}

/** The theme chosen in this browser: a cookie, so that the first paint has it. */
export function readTheme(request: Request): Theme | undefined {
  const theme = cookieOf(request, themeCookie)
  return theme === "light" || theme === "dark" ? theme : undefined
}

/** A browser can write any cookie: its name is checked like any other. */
function isName(text: string): boolean {
  const checked = checkName(text)
  return "name" in checked && checked.name === text && text !== ""
}

function cookieOf(request: Request, { plain, secure }: CookieName): string | undefined {
  const cookies = new Bun.CookieMap(request.headers.get("cookie") ?? "")
  return cookies.get(secure) ?? cookies.get(plain) ?? undefined
}

function cookie(name: CookieName, value: string, path: string, maxAge: number, secure: boolean): string {
  const options = { path, maxAge, secure, httpOnly: true, sameSite: "lax" } as const
  return new Bun.Cookie(secure ? name.secure : name.plain, value, options).serialize()
}

/** Removes both: behind TLS there may be one from before. */
function forget({ plain, secure }: CookieName, path: string, isSecure: boolean): string[] {
  const names = isSecure ? [secure, plain] : [plain]
  return names.map((name) => cookie({ plain: name, secure: name }, "", path, 0, isSecure))
}
