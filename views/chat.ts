import { connectionBar } from "./connection-bar.ts"
import { conversationPane, conversationTitle } from "./conversation.ts"
import { conversationRows } from "./conversation-list.ts"
import { document } from "./document.ts"
import { emojiPicker } from "./emoji-picker.ts"
import { type Html, html } from "./html.ts"
import { duetMark } from "./icons.ts"
import { meMenu } from "./me.ts"
import { pendingMessage } from "./message.ts"
import type { Assets, ChatScreen } from "./model.ts"
import { peopleRows, peopleTotal } from "./people-list.ts"
import { chatHead, chatScripts } from "./scripts.ts"
import { toasts } from "./toasts.ts"
import { lostNote } from "./undelivered.ts"

/** The chat of one person, with one conversation open or none. */
export function chatPage(screen: ChatScreen, assets: Assets): Html {
  const { me, open, seq, contentLimit } = screen
  const pane = {
    me: me.id,
    open,
    echo: screen.echo,
    origin: screen.origin,
    contentLimit,
    seq,
  }
  const body = html`<body class="chat">
<main id="duet" hx-ws:connect="/u/${me.id}/socket" data-me="${me.id}" data-seq="${seq}" data-life="${screen.life}" data-content-limit="${contentLimit}" data-blocked="${screen.blocked.map(({ id }) => id).join(" ")}" hx-target:inherited="#conversation" hx-push-url:inherited="true" hx-sync:inherited="#conversation:replace">
${connectionBar()}
${sidebar(screen)}
<div id="conversation">${conversationPane(pane)}</div>
${toasts()}
${emojiPicker()}
<template id="pending-message">${pendingMessage()}</template>
${lostNote("restarted")}${lostNote("forgotten")}
</main>
${chatScripts(assets)}
</body>`
  return document(conversationTitle(open), body, assets, chatHead(assets))
}

function sidebar({ me, conversations, online, blocked }: ChatScreen): Html {
  return html`<aside class="sidebar" aria-label="People">
<header class="sidebar-header">
<h1><a class="wordmark" href="./" hx-get="./">${duetMark("small")}Duet</a></h1>
${meMenu(me, blocked)}
<form method="post" action="/u/${me.id}/leave" data-leave><button class="quiet" type="submit">Leave</button></form>
</header>
<nav class="lists" aria-label="Conversations and people">
<section class="list"><h2 id="conversations-heading">Conversations</h2>
<ul id="conversations" aria-labelledby="conversations-heading">${conversationRows(conversations)}</ul></section>
<section class="list"><h2><span id="people-heading">People online</span><span id="people-total">${peopleTotal(online, me.id)}</span></h2>
<ul id="people" aria-labelledby="people-heading">${peopleRows(online.people, me.id)}</ul>
<p class="nobody">Nobody else yet.</p></section>
</nav>
</aside>`
}
