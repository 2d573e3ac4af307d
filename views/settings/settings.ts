import { type Html, html } from "../html.ts"

const themes = [
  ["system", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const

/** What the reader may choose for this browser; the page's script knows what they chose. */
export function settings(): Html {
  return html`<fieldset class="theme"><legend>Theme</legend><div class="segments">${themes.map(
    ([value, word]) =>
      html`<label><input type="radio" name="theme" value="${value}" autocomplete="off" x-model="$store.settings.theme"><span>${word}</span></label>`,
  )}</div></fieldset>
<label class="switch"><span>Enter sends<span class="fine">If not, Ctrl+Enter does.</span></span><input type="checkbox" role="switch" name="enter" autocomplete="off" x-model="$store.settings.enterSends"></label>
<label class="switch"><span>Single-key shortcuts<span class="fine">/ finds words, ? shows the keys.</span></span><input type="checkbox" role="switch" name="keys" autocomplete="off" x-model="$store.settings.singleKeys"></label>
<button class="quiet keys" type="button" data-keys>Keyboard shortcuts</button>`
}
