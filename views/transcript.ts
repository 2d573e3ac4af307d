import { bytesOf, room } from "./fitting.ts"
import { type Html, html, type Value } from "./html.ts"
import { beginning, earlierGone, earlierLink, unreadDivider } from "./landmarks.ts"
import { message } from "./message.ts"
import type { Line, OpenConversation } from "./model.ts"
import { neighboursOf } from "./runs.ts"

/** The newest of a conversation's lines, and what stands above them: the way to earlier ones, or why there are none. */
export function transcript(open: OpenConversation): Html {
  const lines = fittingLines(open.lines)
  const { peer, isPast } = open
  return html`${top(open, lines)}
<div class="transcript" role="log" id="transcript-${peer.id}" aria-label="Conversation with" aria-labelledby="transcript-${peer.id} name-${peer.id}">${drawn(lines, dividedLine(open, lines))}</div>
${isPast === true && html`<p class="past"><a class="quiet" href="${peer.id}">Go to the newest messages</a></p>`}`
}

/**
 * The lines before one that the page shows, in answer to `earlierLink`, in whose place comes what stands above them.
 * The page draws the divider; and a screen reader is not told of what was said long ago.
 */
export function earlierLines(open: OpenConversation): Html {
  const lines = fittingLines(open.lines)
  return html`${top(open, lines)}<hx-partial hx-target="#transcript-${open.peer.id}" hx-swap="afterbegin">${drawn(lines, undefined, true)}</hx-partial>`
}

function top({ lines: all, peer, earlier, truncated }: OpenConversation, shown: readonly Line[]): Html {
  const first = shown[0]
  if (first !== undefined && (earlier || shown.length < all.length)) return earlierLink(peer.id, first.id)
  if (truncated) return earlierGone()
  return html`<div class="beginning" id="beginning-${peer.id}">${beginning(peer)}</div>`
}

/** The last of the lines, as many as fit; the newest in any case. */
function fittingLines(lines: readonly Line[]): readonly Line[] {
  let left = room.lines
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]
    if (line === undefined) continue
    left -= bytesOf(message(line, closest))
    if (left < 0 && i < lines.length - 1) return lines.slice(i + 1)
  }
  return lines
}

/** What takes most room. */
const closest = { above: true, below: true, tick: true }

/** The first that its reader has not seen, or the first of all if that one stands further up. */
function dividedLine({ unread = 0, firstUnread, isPast }: OpenConversation, lines: readonly Line[]) {
  if (unread === 0) return undefined
  if (firstUnread === undefined) return lines.filter(({ own }) => !own).at(-unread)
  const line = lines.find(({ id }) => id === firstUnread)
  return line ?? (isPast === true ? undefined : lines[0])
}

/** The lines in order, with a divider above one of them. */
function drawn(lines: readonly Line[], divided: Line | undefined, isOld = false): Value {
  return lines.map((line, i) => [
    line === divided && unreadDivider(),
    message(line, neighboursOf(lines, i, divided), isOld),
  ])
}
