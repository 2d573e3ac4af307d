import { html } from "../html.ts"
import { reactionChips } from "../message/reactions.ts"
import { tick } from "../message/tick.ts"
import { avatar } from "../sidebar/avatar.ts"
import type { Part } from "./part.ts"
import { awkward, everyone, lookalikes, robot, thousand } from "./people.ts"

/** The smallest views, alone. */
export const pieces: readonly Part[] = [
  {
    name: "avatar",
    title: "Faces",
    states: [
      { name: "usual", piece: html`${[...everyone, robot].map((person) => avatar(person))}` },
      { name: "awkward", piece: html`${[...awkward, ...lookalikes].map((person) => avatar(person))}` },
      { name: "small", piece: html`${everyone.map((person) => avatar(person, "small"))}` },
      { name: "every-hue", piece: html`${thousand.people.slice(0, 100).map((person) => avatar(person))}` },
    ],
  },
  {
    name: "tick",
    title: "How far a message has come",
    states: (["queued", "accepted", "delivered", "seen"] as const).map((progress) => ({
      name: progress,
      piece: html`<p data-progress="${progress}">${tick(progress)}</p>`,
    })),
  },
  {
    name: "reactions",
    title: "Reactions",
    states: [
      {
        name: "all-kinds",
        piece: reactionChips([
          { emoji: "👍", mine: true, theirs: false },
          { emoji: "❤️", mine: false, theirs: true },
          { emoji: "🎉", mine: true, theirs: true },
          { emoji: "a word instead", mine: false, theirs: true },
        ]),
      },
    ],
  },
]
