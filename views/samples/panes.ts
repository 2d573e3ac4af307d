import type { Line, OpenConversation, Person } from "../model.ts"
import * as lines from "./lines.ts"
import { usual } from "./lists.ts"
import type { Lively, Part, State } from "./part.ts"
import { alma, hostile, layla, long, me, robot, zoe } from "./people.ts"

/** What stands beside the lists: nothing yet, or a conversation. */
export const panes: readonly Part[] = [
  {
    name: "empty-state",
    title: "Nothing open",
    states: [
      { name: "fresh", screen: {} },
      { name: "alone", screen: { online: { people: [me], total: 1 } } },
      { name: "some-talks", screen: { conversations: usual } },
    ],
  },
  {
    name: "peer-header",
    title: "Who is talked with",
    states: [
      talk("online", { peer: alma }),
      talk("away", { peer: zoe }),
      talk("left", { peer: robot, lines: lines.talk }),
      talk("long-name", { peer: long }),
      talk("right-to-left", { peer: layla }),
      talk("hostile-name", { peer: hostile }),
      talk("menu-open", { peer: alma }, { press: ".peer-menu > button" }),
      talk("blocked", { peer: alma, blocked: true, lines: lines.talk }),
    ],
  },
  {
    name: "message",
    title: "What is said",
    states: [
      said("usual", lines.talk),
      said("awkward", lines.awkward),
      said("code", lines.code),
      said("emoji-alone", lines.emoji),
      said("addresses", lines.addresses),
      said("reactions", lines.reacted),
      said("progress", lines.progress),
      said("many", lines.flood),
      talk("earlier-let-go", { peer: alma, lines: lines.talk, truncated: true }),
      said("menu-open", lines.talk, { press: ".message:last-child .more" }),
      said("menu-open-theirs", lines.talk, { press: ".theirs .more" }),
    ],
  },
  {
    name: "composer",
    title: "Where a message is written",
    states: [
      writing("several-lines", { text: "One\ntwo\nthree\nfour" }),
      writing("right-to-left", { text: "مرحبا، هل ستأتي الليلة؟" }),
      writing("too-long", { refusal: "Too long by 12 characters. Shorten it or send it in parts." }),
      writing("reply", {
        answering: "m",
        whom: "Alma",
        quoted: "Is that the one with the wobbly tables?",
      }),
    ],
  },
]

function talk(name: string, open: Partial<OpenConversation> & { peer: Person }, more: Lively = {}): State {
  const whole: OpenConversation = { lines: [], truncated: false, blocked: false, ...open }
  return { name, screen: { open: whole, conversations: usual }, ...more }
}

function said(name: string, all: readonly Line[], more: Lively = {}): State {
  return talk(name, { peer: alma, lines: all }, more)
}

function writing(name: string, composer: Readonly<Record<string, unknown>>): State {
  return said(name, lines.talk, { alive: { composer } })
}
