import type { Line } from "../model.ts"

/** 1 January 2026, 20:15 UTC: a moment that never moves, so that no picture changes by itself. */
export const evening = Date.UTC(2026, 0, 1, 20, 15)

let made = 0

/** A message half a minute after the one before it. */
export function line(own: boolean, content: string, more: Partial<Line> = {}): Line {
  made++
  const id = `019a0000-0000-7000-8000-${String(made).padStart(12, "0")}`
  return { id, seq: made, own, content, at: evening + made * 30_000, ...more }
}

const place = line(true, "The place by the river, where the lanterns are", { progress: "seen" })

/** A conversation as most are. */
export const talk: readonly Line[] = [
  line(true, "Are you coming tonight?", {
    progress: "seen",
    reactions: [{ emoji: "❤️", mine: false, theirs: true }],
  }),
  place,
  line(false, "Yes! I thought you would never ask"),
  line(false, "Is that the one with the wobbly tables?"),
  line(true, "That one. They have folded a napkin under ours", { progress: "seen" }),
  line(false, "I know it, then. Eight?", { replyTo: place.id }),
  line(true, "Eight. I bring the cards, you bring the luck 🎉", { progress: "delivered" }),
]

export const awkward: readonly Line[] = [
  line(false, "مرحبا، هل ستأتي الليلة؟ المكان قرب النهر"),
  line(true, "כן, בשמונה. I bring the cards", { progress: "delivered" }),
  line(false, "明日の夜、川のそばのあの店で会いましょう。八時に。"),
  line(false, `https://example.org/${"very-long-path/".repeat(12)}end?x=1`),
  line(true, "Donaudampfschifffahrtsgesellschaftskapitän".repeat(6), { progress: "delivered" }),
  line(false, `<script>alert("no")</script> & <b>plain</b>`),
  line(true, "One line\n\nand another one, after an empty line", { progress: "accepted" }),
]

export const code: readonly Line[] = [
  line(false, "Try `bun start`, it does everything"),
  line(
    true,
    "Yes! Bringing this, if it still runs:\n```sh\nbun start   # and done\nPORT=8080 bun start\n```",
    {
      progress: "delivered",
    },
  ),
  line(false, `\`\`\`\n${"const answer = await question ".repeat(8)}\n\`\`\`\nIs that one line?`),
]

export const addresses: readonly Line[] = [
  line(false, "見て：https://example.com/祭り、八時に。（https://example.com/地図）"),
  line(true, "شاهد https://example.com/مكان؟", { progress: "seen" }),
  line(false, "“https://en.wikipedia.org/wiki/Lantern_(disambiguation)”, or http://[2001:db8::1]:8080."),
  line(false, "Your bank asks you to sign in: http://bank.example@evil.example/login"),
  line(true, "And this one? https://аррӏе.com/id", { progress: "delivered" }),
  line(false, "The bill: https://example.com/bill\u202Efdp.exe"),
  line(false, "\u200b\u2060"),
  line(true, "A zero: \0, a bell: \x07", { progress: "delivered" }),
  line(true, "\u3164", { progress: "accepted" }),
]

export const emoji: readonly Line[] = [
  line(false, "🎉"),
  line(true, "😂😂", { progress: "seen" }),
  line(false, "👩‍👩‍👧‍👦🏳️‍🌈🇨🇭"),
  line(true, "❤️ always", { progress: "seen" }),
]

export const reacted: readonly Line[] = [
  line(false, "We won!", { reactions: [{ emoji: "🎉", mine: true, theirs: true }] }),
  line(true, "By a napkin", {
    progress: "seen",
    reactions: [
      { emoji: "😂", mine: false, theirs: true },
      { emoji: "👍", mine: true, theirs: false },
    ],
  }),
]

/** How far own words can come. */
export const progress: readonly Line[] = [
  line(true, "Seen", { progress: "seen" }),
  line(true, "Delivered", { progress: "delivered" }),
  line(true, "Sent", { progress: "accepted" }),
  line(true, "I was too late", { undelivered: "left" }),
  line(true, "You were too busy", { undelivered: "overflow" }),
  line(true, "Something broke", { undelivered: "failed" }),
  line(true, "", { unsent: true }),
  line(false, "", { unsent: true }),
]

/** Many, of one who talks much. */
export const flood: readonly Line[] = Array.from({ length: 120 }, (_, i) =>
  line(i % 5 === 0, `Number ${i + 1}: ${"and so it went on ".repeat(i % 4)}`, { progress: "seen" }),
)
