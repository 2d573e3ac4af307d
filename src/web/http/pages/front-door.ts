import { Elysia } from "elysia"
import { joinPage } from "../../../../views/door/join.ts"
import type { Assets, JoinScreen } from "../../../../views/model.ts"
import { areAlike } from "../../../chat/look-alikes.ts"
import { checkName, generateName } from "../../../chat/names.ts"
import type { WebContext } from "../../context.ts"
import type { Admission } from "../../limits/admission.ts"
import { jsonError, wantsHtml } from "../api/errors.ts"
import { isSecure } from "../client-address.ts"
import {
  forgetStrayed,
  hasStrayed,
  identityPath,
  isDoorToken,
  readKnown,
  rememberDoor,
  rememberIdentity,
  rememberKnown,
  rememberOrigin,
} from "../cookies.ts"
import { htmlResponse, problemResponse, seeOther, withTheme } from "../html-response.ts"
import { foreignForm } from "../problems.ts"
import { fieldsOf } from "./form-fields.ts"
import { type Identity, idOfKey, type KnownIdentity, newKey } from "./identity.ts"
import { cookielessMark } from "./stray.ts"
import { peopleOf } from "./view-model.ts"

/** How many people the join page shows. */
const faces = 3

const pressAgain =
  "We could not tell whether you came from this page or from another site: press Join chat once more."

/** `GET /`, the join page or the server's status, and `POST /join`, which makes a new identity. */
export function frontDoor(context: WebContext, assets: Assets, admission: Admission) {
  const { directory, config, version } = context
  const trust = { hops: config.TRUST_PROXY }

  function screen(request: Request, refused?: JoinScreen["refused"]): JoinScreen {
    return {
      online: peopleOf({ members: directory.latest(faces), total: directory.online }),
      identities: marked(readKnown(request)),
      ...(refused && { refused }),
    }
  }

  /** The join page; it says once why the browser was redirected to it, or that it keeps no cookies. */
  function door(request: Request): Response {
    const isCookieless = new URL(request.url).searchParams.has(cookielessMark)
    if (isCookieless && request.headers.has("cookie")) return seeOther("/")
    const isStray = hasStrayed(request)
    const page = joinPage({ ...screen(request), isStray, isCookieless }, withTheme(assets, request))
    return htmlResponse(page, 200, isStray ? forgetStrayed(isSecure(request, trust)) : [])
  }

  /** A proxy may hide that the form is ours: the form with our token, which no other site has, proves it. */
  function confirm(request: Request, name: string, brought: string): Response {
    if (brought !== "" && !request.headers.has("cookie")) return seeOther(`/?${cookielessMark}`)
    const token = newKey()
    const page = joinPage(
      { ...screen(request, { name, reason: pressAgain }), token },
      withTheme(assets, request),
    )
    return htmlResponse(page, 403, [rememberDoor(token, isSecure(request, trust))])
  }

  return new Elysia({ name: "front-door" })
    .get(
      "/",
      ({ request, set }) => {
        set.headers.vary = "Accept"
        if (wantsHtml(request)) return door(request)
        return Response.json({ status: "ok", name: "duet", version, online: directory.online })
      },
      { detail: { summary: "The page for browsers, the server's status for programs", tags: ["health"] } },
    )
    .post(
      "/join",
      async ({ request }) => {
        const isForeign = admission.isForeignForm(request)
        const origin = request.headers.get("origin") ?? ""
        if (isForeign && !(wantsHtml(request) && URL.canParse(origin)))
          return problemResponse(request, foreignForm, assets)
        const shut = admission.door()
        if (shut !== undefined) return problemResponse(request, shut, assets)
        const field = await fieldsOf(request)
        const token = field("door")
        if (isForeign && !isDoorToken(request, token)) return confirm(request, field("name"), token)
        const typed = field("name")
        const checked = checkName(typed)
        if ("refused" in checked) {
          if (!wantsHtml(request)) return jsonError(422, "bad_name", checked.refused)
          const refused = { name: typed, reason: checked.refused }
          return htmlResponse(joinPage(screen(request, refused), withTheme(assets, request)), 422)
        }
        const key = newKey()
        const identity: Identity = { key, id: idOfKey(key), name: checked.name || generateName(Math.random) }
        const known = [identity, ...readKnown(request)]
        const secure = isSecure(request, trust)
        return seeOther(identityPath(identity.id), [
          rememberIdentity(identity, secure),
          ...rememberKnown(known, secure),
          ...(isForeign ? [rememberOrigin(origin, secure)] : []),
        ])
      },
      { parse: "none", detail: { hide: true } },
    )
}

/** Adds the mark to identities whose names look alike. */
function marked(known: readonly KnownIdentity[]): JoinScreen["identities"] {
  return known.map((each) => ({
    ...each,
    ...(known.some(({ id, name }) => id !== each.id && areAlike(name, each.name)) && { marked: true }),
  }))
}
