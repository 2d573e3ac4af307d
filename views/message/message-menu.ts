import { type Html, html } from "../html.ts"
import { addIcon } from "../shell/icons.ts"
import { offeredEmoji } from "./reactions.ts"

/** What can be done with one message; one for the page, which opens it beside the message. */
export function messageMenu(): Html {
  return html`<dialog class="message-menu" id="message-menu" aria-label="Message actions" x-data="messageMenu" :data-own="own" @close="closed()" @pointerdown="aim($event)" @click="press($event)" @keydown="type($event)" @contextmenu.prevent>
<div :hidden="asks"><p class="choose-emoji">${offeredEmoji.map((emoji) => html`<button type="button" data-act="react" data-emoji="${emoji}" :aria-pressed="mine === '${emoji}'" aria-label="React with ${emoji}">${emoji}</button>`)}<button type="button" data-act="any" aria-label="React with another emoji" title="Another emoji">${addIcon}</button></p>
${act("reply", "Reply", "R")}
${act("copy", "Copy", "C")}
${act("ask", "Unsend", "Delete", html` :hidden="!own"`)}</div>
<div :hidden="!asks"><p class="question">Its words go from both of you, and cannot be brought back.</p>
${act("unsend", "Unsend for both")}
${act("keep", "Keep it")}</div>
</dialog>`
}

function act(name: string, words: string, key?: string, more?: Html): Html {
  return html`<button type="button" data-act="${name}"${key !== undefined && html` aria-keyshortcuts="${key}"`}${more}>${words}${key !== undefined && html`<kbd aria-hidden="true">${key}</kbd>`}</button>`
}
