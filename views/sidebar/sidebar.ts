import { type Html, html } from "../html.ts"
import type { ChatScreen } from "../model.ts"
import { meMenu } from "../settings/me.ts"
import { duetMark } from "../shell/icons.ts"
import { conversationList } from "./conversation-list.ts"
import { findField } from "./find-field.ts"
import { foundPeople, foundWords } from "./found.ts"
import { peopleList } from "./people-list.ts"

/** Who one is, whom one talks with, who else is here; and in place of the lists, whom one has looked for. */
export function sidebar({ me, conversations, online, blocked, blockedAfter, found }: ChatScreen): Html {
  return html`<aside class="sidebar" aria-label="People">
<header class="sidebar-header">
<a class="wordmark" href="./" hx-get="./">${duetMark("small")}Duet</a>
${meMenu(me, blocked, blockedAfter)}
<form method="post" action="/u/${me.id}/leave" data-leave><button class="quiet" type="submit">Leave</button></form>
</header>
${findField(me.id, found?.query ?? "")}
<section class="results" aria-label="Search"><p class="heading" id="found-words" role="status">${found && foundWords(found)}</p>
<div id="found">${found && foundPeople(found)}</div></section>
<nav class="lists" aria-label="Conversations and people">
<section id="conversations-part" class="list">${conversationList(conversations)}</section>
<section id="people-part" class="list">${peopleList(online, me.id)}</section>
</nav>
</aside>`
}
