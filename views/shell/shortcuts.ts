import { type Html, html } from "../html.ts"
import { closeIcon } from "./icons.ts"

/** Keys that belong together: alternatives apart by "or", keys pressed together joined by "+". */
const groups = [
  {
    title: "Anywhere",
    keys: [
      ["Ctrl+K or ⌘+K", "Find a person"],
      [
        "Alt+↑ or Alt+↓",
        "The conversation above or below. On a Mac, in a field with words in it, these move the cursor",
      ],
      ["Alt+Shift+↑ or Alt+Shift+↓", "The same, among those with something unread"],
      ["/", "Find in this conversation, unless your settings switch single keys off"],
      ["?", "These keys, if single keys are on"],
    ],
  },
  {
    title: "Where you write",
    keys: [
      ["↑", "To the newest message, while nothing is written"],
      ["Shift+Enter", "A new line"],
      ["Esc", "Let go of a reply"],
    ],
  },
  {
    title: "On a message",
    keys: [
      ["↑ or ↓", "The message above or below"],
      ["Home or End", "The first or the newest"],
      ["Enter", "All that can be done with it"],
      ["R", "Reply"],
      ["E", "React"],
      ["C", "Copy"],
      ["Delete", "Unsend your own, after a question"],
      ["Esc", "Back to writing"],
    ],
  },
] as const

/** The keys that the page knows. */
export function shortcuts(): Html {
  return html`<dialog id="shortcuts" closedby="any" aria-labelledby="shortcuts-heading"><form method="dialog"><h2 id="shortcuts-heading">Keyboard shortcuts</h2><button aria-label="Close">${closeIcon}</button></form>
${groups.map(
  ({ title, keys }) =>
    html`<h3>${title}</h3><dl>${keys.map(([key, does]) => html`<div><dt>${chords(key)}</dt><dd>${does}</dd></div>`)}</dl>`,
)}</dialog>`
}

function chords(keys: string): Html {
  return html`${keys.split(" or ").map((chord, i) => html`${i > 0 && " or "}<span class="chord">${chord.split("+").map((key) => html`<kbd>${key}</kbd>`)}</span>`)}`
}
