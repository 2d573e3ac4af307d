import { connectionBar } from "../connection/connection-bar.ts"
import { type Html, html } from "../html.ts"
import { pendingMessage } from "../message/message.ts"
import { messageMenu } from "../message/message-menu.ts"
import type { Assets, ChatScreen } from "../model.ts"
import { sidebar } from "../sidebar/sidebar.ts"
import { conversationPane, conversationTitle } from "../transcript/conversation.ts"
import { lostNote } from "../transcript/undelivered.ts"
import { document } from "./document.ts"
import { chatHead, chatScripts } from "./scripts.ts"
import { shortcuts } from "./shortcuts.ts"
import { toasts } from "./toasts.ts"

/** The chat of one person, with one conversation open or none. */
export function chatPage(screen: ChatScreen, assets: Assets): Html {
  const { me, open, seq, contentLimit } = screen
  const isTalkative = open !== undefined || screen.conversations.length > 0 || screen.blocked.length > 0
  const pane = {
    me: me.id,
    open,
    echo: screen.echo,
    origin: screen.origin,
    contentLimit,
    seq,
  }
  const socket = html`/u/${me.id}/socket?proof=${screen.proof}&after=${seq}&epoch=${screen.epoch}`
  const body = html`<body class="chat">
<main id="duet" hx-ws:connect="${socket}" data-me="${me.id}" data-seq="${seq}" data-epoch="${screen.epoch}" data-content-limit="${contentLimit}" data-blocked="${screen.blocked.map(({ id }) => id).join(" ")}" hx-target:inherited="#conversation" hx-push-url:inherited="true" hx-sync:inherited="#conversation:replace">
<h1 class="sr-only">Duet</h1>
${connectionBar()}
${sidebar(screen)}
<div id="conversation">${conversationPane(pane)}</div>
${toasts()}
${shortcuts()}
<template id="message-actions">${messageMenu()}</template>
<template id="pending-message">${pendingMessage()}</template>
${lostNote("restarted")}${lostNote("forgotten")}
</main>
${chatScripts(assets, isTalkative)}
</body>`
  return document(conversationTitle(open), body, assets, chatHead(assets, socket, isTalkative))
}
