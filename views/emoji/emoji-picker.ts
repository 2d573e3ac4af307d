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
  return html`<div class="emoji-picker" id="emoji-picker" popover role="dialog" aria-label="Emoji">
<div class="emoji-search"><input type="search" aria-label="Search emoji" placeholder="Search emoji" autocomplete="off" autocapitalize="none" enterkeyhint="done"><button type="button" class="skin-tone"></button></div>
<div class="emoji-kinds" role="tablist" aria-label="Kinds of emoji">${kinds.map(kind)}</div>
<div class="emoji-page" id="emoji-page" role="tabpanel" aria-label="Smileys"></div>
<p class="sr-only" role="status"></p>
</div>`
}

function kind({ name, icon }: (typeof kinds)[number], at: number): Html {
  const first = at === 0
  return html`<button type="button" role="tab" aria-controls="emoji-page" aria-label="${name}" aria-selected="${first ? "true" : "false"}" tabindex="${first ? "0" : "-1"}">${icon}</button>`
}
