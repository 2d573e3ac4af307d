import { Elysia } from "elysia"
import type { Assets } from "../../../../views/model.ts"
import { renameForm } from "../../../../views/settings/rename-form.ts"
import { checkName } from "../../../chat/names.ts"
import type { Outlet } from "../../../chat/session/outlet.ts"
import type { Command } from "../../../chat/session/session-message.ts"
import type { WebContext } from "../../context.ts"
import type { Admission } from "../../limits/admission.ts"
import { isSecure } from "../client-address.ts"
import {
  identityPath,
  isUserId,
  readIdentity,
  readKnown,
  rememberIdentity,
  rememberKnown,
} from "../cookies.ts"
import { htmlResponse, problemResponse, seeOther, wantsPart } from "../html-response.ts"
import { foreignForm, notOnline, type Problem, youLeft } from "../problems.ts"
import { type Fields, fieldsOf } from "./form-fields.ts"
import type { Identity } from "./identity.ts"
import { strayed, toTheDoor } from "./stray.ts"

/** The page's plain forms, which work without scripts: leaving, renaming, blocking. */
export function chatForms(context: WebContext, assets: Assets, admission: Admission) {
  const { config, presence } = context
  const trust = { hops: config.TRUST_PROXY }

  type Handle = (identity: Identity, field: Fields, request: Request) => Response

  /** Handles a form of an identity's own page; refuses forms of other sites and without the identity's cookie. */
  async function receive(request: Request, id: string, handle: Handle): Promise<Response> {
    if (admission.isForeignForm(request)) return problemResponse(request, foreignForm, assets)
    if (!isUserId(id)) return problemResponse(request, notOnline, assets)
    const identity = readIdentity(request, id)
    if (identity === undefined) {
      if (wantsPart(request)) return problemResponse(request, youLeft, assets)
      // Somebody who leaves twice needs no explanation on the join page.
      return handle === leave ? toTheDoor(request, id, trust) : strayed(request, id, trust)
    }
    const refused = handle === leave ? undefined : admission.session(request, id)
    if (refused !== undefined) return problemResponse(request, refused, assets)
    return handle(identity, await fieldsOf(request), request)
  }

  function leave({ id }: Identity, _: Fields, request: Request): Response {
    presence.signal({ type: "leave", id, session: undefined })
    admission.forgetSession(request, id)
    return toTheDoor(request, id, trust)
  }

  function rename(identity: Identity, field: Fields, request: Request): Response {
    const typed = field("name")
    const checked = checkName(typed)
    if ("refused" in checked) return refused(request, identity, typed, checked.refused)
    if (checked.name === "")
      return refused(request, identity, typed, "A name needs at least one character: type it.")
    const renamed = { ...identity, name: checked.name }
    tell(renamed, { type: "rename", name: checked.name })
    const known = readKnown(request).map((each) => (each.id === renamed.id ? renamed : each))
    const secure = isSecure(request, trust)
    const cookies = [rememberIdentity(renamed, secure), ...rememberKnown(known, secure)]
    if (wantsPart(request)) return htmlResponse(renameForm(renamed, { saved: true }), 200, cookies)
    return seeOther(backTo(request, renamed.id), cookies)
  }

  function block(type: "block" | "unblock"): Handle {
    return (identity, field, request) => {
      const userId = field("user_id")
      if (isUserId(userId) && userId !== identity.id) tell(identity, { type, userId })
      return seeOther(backTo(request, identity.id))
    }
  }

  function tell({ id, name }: Identity, command: Command): void {
    const user = { id, name, classic: false }
    presence.signal({ type: "join", user, first: { type: "command", outlet: silent, command } })
  }

  /** Shows the refusal in the form if htmx asked, else on a page with a way back. */
  function refused(request: Request, { id }: Identity, typed: string, reason: string): Response {
    if (wantsPart(request)) return htmlResponse(renameForm({ id, name: typed }, { refused: reason }), 422)
    const back = backTo(request, id)
    const problem: Problem = { status: 422, code: "bad_name", title: "Not that name", message: reason, back }
    return problemResponse(request, problem, assets)
  }

  const unread = { parse: "none" } as const
  return new Elysia({ name: "chat-forms", detail: { hide: true } })
    .post("/:id/leave", ({ params, request }) => receive(request, params.id, leave), unread)
    .post("/:id/rename", ({ params, request }) => receive(request, params.id, rename), unread)
    .post("/:id/block", ({ params, request }) => receive(request, params.id, block("block")), unread)
    .post("/:id/unblock", ({ params, request }) => receive(request, params.id, block("unblock")), unread)
}

/** A form has no socket: the next page shows the session's answer. */
const silent: Outlet = {
  attended: true,
  dialect: { channel: () => ({ publish() {} }) },
  welcome() {},
  send: () => true,
  goLive() {},
  isBehind: false,
  fallBehind() {},
  handedOver() {},
  refuse() {},
  close() {},
}

/** The page that the form was on, if it is one of this user's. */
function backTo(request: Request, id: string): string {
  const home = identityPath(id)
  const referer = request.headers.get("referer") ?? ""
  const path = URL.canParse(referer) ? new URL(referer).pathname : home
  return path.startsWith(home) ? path : home
}
