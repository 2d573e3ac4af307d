import { type Html, html } from "../html.ts"
import type { Person } from "../model.ts"
import { closeIcon, sendIcon, smileIcon } from "../shell/icons.ts"

/** Where a message is written; `limit` is its longest length in code points. */
export function composer(peer: Person, limit: number): Html {
  return html`<form class="composer" id="composer-${peer.id}" hx-preserve x-data="composer" data-peer="${peer.id}" data-limit="${limit}" @submit.prevent="send()" @keydown="hint = ''" @keydown.escape="dismissReply()">
<p class="refusal" role="alert" x-show="refusal" x-text="refusal" x-cloak></p>
<div class="answering" x-show="answering" x-cloak><p><span class="whom">Reply to <bdi translate="no" x-text="whom"></bdi></span> <span class="quoted" dir="auto" x-text="quoted"></span></p><button type="button" aria-label="Do not reply" @click="dismissReply()">${closeIcon}</button></div>
<div class="writing" data-card :data-over="left < 0">
<button class="add-emoji" type="button" aria-label="Add an emoji" aria-haspopup="dialog" @click="addEmoji($el)">${smileIcon}</button>
<textarea rows="1" aria-label="Message" placeholder="Message ${peer.name}" translate="no" dir="auto" enterkeyhint="send" autocomplete="off" x-ref="words" x-model="text" @input="typed($event)"></textarea>
<span class="sending"><span class="remaining" x-text="count" aria-hidden="true"></span><button class="send" type="submit" aria-label="Send">${sendIcon}</button></span>
<p class="hint" x-text="hint" aria-hidden="true"></p>
</div>
<p class="sr-only" role="status" x-text="word"></p>
<noscript><p class="refusal">Sending needs JavaScript. Switch it on and reload.</p></noscript>
</form>`
}
