import { type Html, html } from "../html.ts"
import { message } from "../message/message.ts"
import type { Line, OpenConversation } from "../model.ts"
import { fitting, room } from "./fitting.ts"
import { neighboursOf } from "./grouping.ts"
import { beginning, earlierGone, earlierLink, unreadDivider } from "./landmarks.ts"

/** The newest of a conversation's lines, and what stands above them: the way to earlier ones, or why there are none. */
export function transcript(open: OpenConversation): Html {
  const { peer, isPast } = open
  const { first, rows } = newestLines(open)
  return html`${top(open, first)}
<div class="transcript" role="log" id="transcript-${peer.id}" aria-label="Conversation with" aria-labelledby="transcript-${peer.id} name-${peer.id}">${rows}</div>
${isPast === true && html`<p class="past"><a class="quiet" href="${peer.id}">Go to the newest messages</a></p>`}`
}

/**
 * The lines before one that the page shows, in answer to `earlierLink`, in whose place comes what stands above them.
 * The page draws the divider; and a screen reader is not told of what was said long ago.
 */
export function earlierLines({ unread: _, ...open }: OpenConversation): Html {
  const { first, rows } = newestLines(open, true)
  return html`${top(open, first)}<hx-partial hx-target="#transcript-${open.peer.id}" hx-swap="afterbegin">${rows}</hx-partial>`
}

/** `first` is the first line that is shown. */
function top({ lines, peer, earlier, truncated }: OpenConversation, first: Line | undefined): Html {
  if (first !== undefined && (earlier || first !== lines[0])) return earlierLink(peer.id, first.id)
  if (truncated) return earlierGone()
  return html`<div class="beginning" id="beginning-${peer.id}">${beginning(peer)}</div>`
}

/** As many of the last lines as fit, in order, with a divider above the first that their reader has not seen. */
function newestLines(open: OpenConversation, isOld = false): { first: Line | undefined; rows: Html[] } {
  const { lines } = open
  const divided = dividedLine(open)
  const draw = (line: Line, i: number, among: readonly Line[]) =>
    html`${line === divided && unreadDivider()}${message(line, neighboursOf(among, i, divided), isOld)}`
  const last = lines.length - 1
  const rows = fitting(lines.toReversed(), room.lines, (line, i) => draw(line, last - i, lines)).reverse()
  const shown = lines.slice(lines.length - rows.length)
  const first = shown[0]
  // Above the first nothing is shown, whatever was said.
  if (first !== undefined && shown.length < lines.length) rows[0] = draw(first, 0, shown)
  if (first !== undefined && isUnreadAbove(open, shown)) rows.unshift(unreadDivider())
  return { first, rows }
}

function dividedLine({ lines, unread = 0, firstUnread }: OpenConversation): Line | undefined {
  if (unread === 0) return undefined
  if (firstUnread === undefined) return lines.filter(({ own }) => !own).at(-unread)
  return lines.find(({ id }) => id === firstUnread)
}

/** Whether what is unread begins further up: the divider stands above what is shown of it. */
function isUnreadAbove(
  { unread = 0, firstUnread, isPast }: OpenConversation,
  shown: readonly Line[],
): boolean {
  if (unread === 0 || firstUnread === undefined || isPast === true) return false
  return !shown.some(({ id }) => id === firstUnread)
}
