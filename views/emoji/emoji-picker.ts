import { type Html, html } from "../html.ts"

/** Each opens one page of the picker; what stands on them is fetched at the first use. */
const kinds = [
  { name: "Smileys", icon: "😀" },
  { name: "People", icon: "👋" },
  { name: "Nature", icon: "🌿" },
  { name: "Food", icon: "🍋" },
  { name: "Places", icon: "🏠" },
  { name: "Activities", icon: "⚽" },
  { name: "Objects", icon: "💡" },
  { name: "Symbols and flags", icon: "❤️" },
]

/** One for the page, which fetches it when it is first asked for; opened beside whatever asks. */
export function emojiPicker(): Html {
  return html`<div class="emoji-picker" id="emoji-picker" popover role="dialog" aria-label="Emoji" x-data="emojiPicker" :data-searching="words !== ''" @toggle="$event.newState === 'closed' && closed()">
<div class="emoji-search"><input type="search" aria-label="Search emoji" placeholder="Search emoji" autocomplete="off" autocapitalize="none" enterkeyhint="done" x-ref="search" x-model="query" @keydown="keyInSearch($event)"><button type="button" class="skin-tone" x-text="hand" :aria-label="toneName" @click="nextTone()"></button></div>
<div class="emoji-kinds" role="tablist" aria-label="Kinds of emoji" x-ref="tabs" @keydown="keyOnTab($event)">${kinds.map(kind)}</div>
<div class="emoji-page" id="emoji-page" role="tabpanel" aria-labelledby="emoji-kind-0" :aria-labelledby="'emoji-kind-' + tab" x-ref="page" @click="press($event)" @keydown="keyOnEmoji($event)">
<p x-show="parts.length === 0" x-text="words || failure"></p>
<template x-for="part in parts" :key="part.name"><section><h2 x-text="part.name"></h2><div class="emoji-grid" x-effect="draw($el, part.emoji)"></div></section></template>
</div>
<p class="sr-only" role="status" x-text="words"></p>
</div>`
}

function kind({ name, icon }: (typeof kinds)[number], at: number): Html {
  return html`<button type="button" role="tab" id="emoji-kind-${at}" aria-controls="emoji-page" aria-label="${name}" :aria-selected="tab === ${at}" :tabindex="tab === ${at} ? 0 : -1" @click="turnTo(${at})">${icon}</button>`
}
