import { Elysia } from "elysia"
import { type Html, html } from "../../../../views/html.ts"
import type { Assets, ChatScreen, OpenConversation } from "../../../../views/model.ts"
import { blockedRows } from "../../../../views/settings/me.ts"
import { chatPage } from "../../../../views/shell/chat.ts"
import { foundPeople, foundRows } from "../../../../views/sidebar/found.ts"
import { conversationPane, conversationTitle } from "../../../../views/transcript/conversation.ts"
import { earlierLines } from "../../../../views/transcript/transcript.ts"
import type { Ref } from "../../../actor/index.ts"
import { isMessageId } from "../../../chat/message.ts"
import type { PresenceMessage } from "../../../chat/presence/presence-message.ts"
import { listedTalks } from "../../../chat/session/conversation-list.ts"
import type { Snapshot } from "../../../chat/session/snapshot.ts"
import type { WebContext } from "../../context.ts"
import type { Admission } from "../../limits/admission.ts"
import { originOf } from "../client-address.ts"
import { identityPath, isUserId, readIdentity } from "../cookies.ts"
import {
  compressedResponse,
  longResponse,
  problemResponse,
  seeOther,
  wantsPart,
  withTheme,
} from "../html-response.ts"
import { noSuchMessage, notOnline, type Problem, youLeft } from "../problems.ts"
import { chatForms } from "./chat-forms.ts"
import { type Identity, proofOf } from "./identity.ts"
import { type Asked, find } from "./people-search.ts"
import { strayed } from "./stray.ts"
import { listedPeople, openConversationOf, peopleOf, personOf, summaryOf } from "./view-model.ts"

/** Stands for no limit on a message's length. */
const unlimited = 1_000_000_000

/** How long a page waits for its session's answer, in milliseconds. */
const askTimeoutMs = 3000

/** Which page of which user. */
interface Wanted {
  readonly id: string
  readonly peerId?: string
  /** The list of blocked users, alone or on the page without a conversation. */
  readonly isBlockedList?: boolean
}

/** `/u/{id}/` and `/u/{id}/{peer}`: one user's page, rendered from their session. */
export function chatPages(context: WebContext, assets: Assets, admission: Admission) {
  const { companion, config, directory, presence, system } = context
  const trust = { hops: config.TRUST_PROXY }

  /** Reads the session of an identity; begins one if there is none. */
  async function look({ id, name }: Identity, openId?: string, before?: string): Promise<Snapshot> {
    const user = { id, name, classic: false }
    const ask = (replyTo: Ref<Snapshot>): PresenceMessage => ({
      type: "join",
      user,
      first: { type: "look", openId, before, replyTo },
    })
    return system.ask(presence, ask, askTimeoutMs, { urgent: true })
  }

  /** The people online, with the reader, whom the page subtracts from the count. */
  function onlineWith(id: string) {
    const { online } = directory
    const reader = directory.listed(id)
    if (reader === undefined || reader.online)
      return { members: directory.latest(listedPeople), total: online }
    return { members: [...directory.latest(listedPeople - 1), reader], total: online + 1 }
  }

  function openConversation(
    snapshot: Snapshot,
    peerId: string,
    before?: string,
  ): OpenConversation | undefined {
    const blocked = snapshot.blocked.some(({ id }) => id === peerId)
    const isPast = before !== undefined
    if (snapshot.open !== undefined) return { ...openConversationOf(snapshot.open, blocked), isPast }
    const peer = directory.find(peerId)
    // With `before` the reader had a conversation with this peer, in a session that has ended.
    return peer && { peer: personOf(peer), lines: [], truncated: isPast, blocked, isPast }
  }

  /** Makes and sends a page, unless its address has too many unread ones. */
  async function show(request: Request, make: () => Promise<Response | Html>): Promise<Response> {
    const admitted = admission.page(request)
    if ("refused" in admitted) return problem(request, admitted.refused)
    const made = await make().catch((error: unknown) => {
      admitted.read()
      throw error
    })
    if (!(made instanceof Response)) return longResponse(request, made, admitted.read)
    admitted.read()
    return made
  }

  async function page(request: Request, { id, peerId, isBlockedList }: Wanted): Promise<Response | Html> {
    if (!isUserId(id) || peerId === id) return problem(request, notOnline)
    const identity = readIdentity(request, id)
    if (identity === undefined) return notJoined(request, id)
    const asked = new URL(request.url).searchParams
    const before = asked.get("before") ?? undefined
    if (before !== undefined && !isMessageId(before)) return problem(request, noSuchMessage)
    const refused = admission.session(request, id)
    if (refused !== undefined) return problem(request, refused)
    const query = asked.get("q")
    const busy = await (peerId === undefined && query !== null
      ? admission.search(request)
      : admission.turns.next())
    if (busy !== undefined) return problem(request, busy)
    const snapshot = await look(identity, peerId, before)
    const open = peerId === undefined ? undefined : openConversation(snapshot, peerId, before)
    if (peerId !== undefined && open === undefined) return problem(request, notOnline)
    if (open !== undefined && before !== undefined && wantsPart(request)) return earlierLines(open)
    const blockedAfter = isBlockedList ? (asked.get("after") ?? "") : undefined
    if (blockedAfter !== undefined && wantsPart(request))
      return blockedRows(id, snapshot.blocked.map(personOf), blockedAfter)
    const screen: ChatScreen = {
      // The reader counts as online before the page's socket opens.
      me: personOf({ ...snapshot.me, online: true }),
      conversations: snapshot.talks.slice(0, listedTalks).map(summaryOf),
      online: peopleOf(onlineWith(id)),
      ...(open && { open }),
      // With an open conversation there is no room for search results.
      ...(open === undefined &&
        query !== null && {
          found: find({ me: id, talks: snapshot.talks, companion: companion.id }, directory, {
            query,
            after: null,
          }),
        }),
      blocked: snapshot.blocked.map(personOf),
      ...(blockedAfter !== undefined && { blockedAfter }),
      echo: personOf({ ...companion, online: true, away: false, gone: false }),
      origin: originOf(request, trust),
      seq: snapshot.seq,
      epoch: snapshot.epoch,
      proof: proofOf(identity.key),
      contentLimit: config.CONTENT_LIMIT || unlimited,
    }
    if (!wantsPart(request)) {
      const whole = chatPage(screen, withTheme(assets, request))
      return holdsNoMessages(screen) ? compressedResponse(request, whole) : whole
    }
    const pane = { ...screen, me: id, open }
    const part = html`<title>${conversationTitle(open)}</title>${conversationPane(pane)}`
    return open === undefined || isEmpty(open) ? compressedResponse(request, part) : part
  }

  /** Search results as a fragment for htmx; for others a redirect to the page that shows them. */
  async function search(request: Request, id: string): Promise<Response | Html> {
    if (!isUserId(id)) return problem(request, notOnline)
    const query = new URL(request.url).searchParams.get("q") ?? ""
    if (!wantsPart(request)) return seeOther(`${identityPath(id)}?${new URLSearchParams({ q: query })}`)
    const identity = readIdentity(request, id)
    if (identity === undefined) return problem(request, youLeft)
    const refused = admission.session(request, id)
    if (refused !== undefined) return problem(request, refused)
    const busy = await admission.search(request)
    if (busy !== undefined) return problem(request, busy)
    const asked: Asked = { query, after: new URL(request.url).searchParams.get("after") }
    const { talks } = await look(identity)
    const found = find({ me: id, talks, companion: companion.id }, directory, asked)
    return asked.after === null ? foundPeople(found) : foundRows(found)
  }

  /** Without the identity's cookie the join page is the place to begin; htmx would put that page into the pane. */
  function notJoined(request: Request, id: string): Response {
    if (wantsPart(request)) return problem(request, youLeft)
    return strayed(request, id, trust)
  }

  function problem(request: Request, what: Problem): Response {
    return problemResponse(request, what, assets)
  }

  return new Elysia({ name: "chat-pages", prefix: "/u", detail: { hide: true } })
    .get("/:id", async ({ params, request }) => {
      if (isUserId(params.id) && !new URL(request.url).pathname.endsWith("/"))
        return seeOther(identityPath(params.id))
      return await show(request, () => page(request, { id: params.id }))
    })
    .get(
      "/:id/blocked",
      async ({ params, request }) =>
        await show(request, () => page(request, { id: params.id, isBlockedList: true })),
    )
    .get("/:id/people", async ({ params, request }) => await show(request, () => search(request, params.id)))
    .get(
      "/:id/:peer",
      async ({ params, request }) =>
        await show(request, () => page(request, { id: params.id, peerId: params.peer })),
    )
    .use(chatForms(context, assets, admission))
}

/** Whether the page shows only who is online, which everybody may see. */
function holdsNoMessages({ conversations, open, blocked }: ChatScreen): boolean {
  return conversations.length === 0 && blocked.length === 0 && (open === undefined || isEmpty(open))
}

/** Whether the conversation has no messages: then its pane names the other person alone. */
function isEmpty({ lines, truncated }: OpenConversation): boolean {
  return lines.length === 0 && !truncated
}
