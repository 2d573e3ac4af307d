import { Elysia } from "elysia"
import { chatPage } from "../../views/chat.ts"
import { conversationPane, conversationTitle } from "../../views/conversation.ts"
import { html } from "../../views/html.ts"
import type { Assets, ChatScreen, OpenConversation } from "../../views/model.ts"
import type { Ref } from "../actor/index.ts"
import { echo } from "../chat/echo.ts"
import { listedAtMost } from "../chat/presence.ts"
import type { PresenceMessage } from "../chat/presence-message.ts"
import type { Snapshot } from "../chat/snapshot.ts"
import { isSecure } from "./client-address.ts"
import type { WebContext } from "./context.ts"
import { forgetIdentity, identityPath, readIdentity, readKnown, rememberKnown } from "./cookies.ts"
import { htmlResponse, seeOther, troubleResponse } from "./html-response.ts"
import type { Identity } from "./identity.ts"
import { originAllowed } from "./origin.ts"
import { openConversationOf, peopleOf, personOf, summaryOf } from "./view-model.ts"

/** How long a page waits for the actors behind it, in milliseconds. */
const patienceMs = 3000

/** `/u/{id}/` and `/u/{id}/{peer}`: the page of one person, rendered from their session. */
export function chatPages(context: WebContext, assets: Assets) {
  const { config, directory, presence, system } = context
  const trust = { hops: config.TRUST_PROXY }

  /** The session of whoever holds the identity; it begins if it had ended, or never was. */
  async function look({ id, name }: Identity, openId: string | undefined): Promise<Snapshot> {
    const user = { id, name, classic: false }
    const ask = (replyTo: Ref<Snapshot>): PresenceMessage => ({
      type: "join",
      user,
      first: { type: "look", openId, replyTo },
    })
    return system.ask(presence, ask, patienceMs, { urgent: true })
  }

  function openConversation(snapshot: Snapshot, peerId: string): OpenConversation | undefined {
    if (snapshot.open !== undefined) return openConversationOf(snapshot.open)
    const peer = directory.find(peerId)
    return peer && { peer: personOf(peer), lines: [], truncated: false }
  }

  async function show(request: Request, id: string, peerId: string | undefined): Promise<Response> {
    const identity = readIdentity(request, id)
    if (identity === undefined) return forgotten(request, id)
    const snapshot = await look(identity, peerId)
    const open = peerId === undefined ? undefined : openConversation(snapshot, peerId)
    if (peerId !== undefined && open === undefined) return gone(request)
    const screen: ChatScreen = {
      me: personOf(snapshot.me),
      conversations: snapshot.talks.map(summaryOf),
      online: peopleOf({ members: directory.latest(listedAtMost), total: directory.online }),
      ...(open && { open }),
      echo: personOf({ ...echo, online: true, away: false }),
      seq: snapshot.seq,
      contentLimit: config.CONTENT_LIMIT,
    }
    if (request.headers.get("hx-request") !== "true") return htmlResponse(chatPage(screen, assets))
    const pane = {
      open,
      echo: screen.echo,
      contentLimit: screen.contentLimit,
      online: screen.online.total,
      seq: screen.seq,
    }
    return htmlResponse(html`<title>${conversationTitle(open)}</title>${conversationPane(pane)}`)
  }

  function forgotten(request: Request, id: string): Response {
    const known = readKnown(request).filter((each) => each.id !== id)
    const secure = isSecure(request, trust)
    return seeOther("/", [forgetIdentity(id, secure), rememberKnown(known, secure)])
  }

  function gone(request: Request): Response {
    const message = "They left, and nothing of them is kept: choose somebody from the list."
    return troubleResponse(
      request,
      { status: 404, code: "not_online", title: "Nobody here", message },
      assets,
    )
  }

  return new Elysia({ name: "chat-pages", prefix: "/u", detail: { hide: true } })
    .get("/:id", ({ params, request }) =>
      new URL(request.url).pathname.endsWith("/")
        ? show(request, params.id, undefined)
        : seeOther(identityPath(params.id)),
    )
    .get("/:id/:peer", ({ params, request }) => show(request, params.id, params.peer))
    .post(
      "/:id/leave",
      ({ params, request }) => {
        if (!originAllowed(request, config.ALLOWED_ORIGINS, trust)) return gone(request)
        if (readIdentity(request, params.id) !== undefined) presence.signal({ type: "leave", id: params.id })
        return forgotten(request, params.id)
      },
      { parse: "none" },
    )
}
