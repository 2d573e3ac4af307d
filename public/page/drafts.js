/** What was begun and not sent, one a conversation, `{ text, replyTo }`; each tab has its own. */

import { keep, kept } from "./keep.js"
import { tell } from "./signals.js"

const NOTHING = { text: "", replyTo: undefined }

const drafts = new Map(Object.entries(kept("drafts") ?? {}))

export function draftFor(peer) {
  return drafts.get(peer) ?? NOTHING
}

export function saveDraft(peer, { text, replyTo }) {
  if (text === "" && replyTo === undefined) drafts.delete(peer)
  else drafts.set(peer, { text, replyTo })
  keep("drafts", Object.fromEntries(drafts))
  tell("rows noted")
}
