import { type Html, html } from "../html.ts"
import type { Reaction } from "../model.ts"

/** What the message menu offers. */
export const offeredEmoji = ["👍", "❤️", "😂", "😮", "😢", "🎉"] as const

/** Inner of `#r-<message id>`: a press adds one's own of the same kind, or takes it back. */
export function reactionChips(reactions: readonly Reaction[]): Html {
  return html`${reactions.map(chip)}`
}

function chip({ emoji, mine, theirs }: Reaction): Html {
  const both = mine && theirs
  const from = both ? "you both" : mine ? "you" : "them"
  return html`<button class="reaction" type="button" data-emoji="${emoji}" data-from="${from}" aria-pressed="${mine ? "true" : "false"}" aria-label="${emoji} from ${from}"><span class="emoji">${emoji}</span></button>`
}
