import { talk } from "./lines.ts"
import { usual } from "./lists.ts"
import type { Part, State } from "./part.ts"
import { alma } from "./people.ts"

/** What speaks up by itself. */
export const notices: readonly Part[] = [
  {
    name: "connection-bar",
    title: "The connection",
    states: [
      live("reconnecting", "connection", {
        words: "Reconnecting",
        count: " in 4 s",
        tone: "warn",
        waiting: true,
      }),
      live("offline", "connection", {
        words: "You are offline. What you write waits here.",
        tone: "warn",
        waiting: true,
      }),
      live("back", "connection", { words: "Back.", tone: "good" }),
      live("restarted", "connection", {
        words: "The server restarted. It no longer keeps what was said before; it stays on your screen.",
        tone: "warn",
        dismissible: true,
      }),
      live("ended", "connection", {
        words: "You left, here or in another tab. This conversation has ended.",
        tone: "end",
        ended: "Start again",
      }),
    ],
  },
  {
    name: "toasts",
    title: "Short words",
    states: [
      live("one", "toasts", { list: [{ key: 1, words: "Copied" }] }),
      live("three", "toasts", {
        list: [
          { key: 1, words: "You are cut off: try again when you are back." },
          { key: 2, words: "Copied" },
          { key: 3, words: "They left, and nothing of them is kept: choose somebody from the list." },
        ],
      }),
    ],
  },
]

function live(name: string, component: string, holds: Readonly<Record<string, unknown>>): State {
  const open = { peer: alma, lines: talk, truncated: false, blocked: false }
  return { name, screen: { open, conversations: usual }, alive: { [component]: holds } }
}
