/** Builds the picker's emoji as one small file: `[kind, [[emoji, name, other words, 1 if it takes a skin tone]]]`. */
import words from "emojilib"
import groups from "unicode-emoji-json/data-by-group.json"

/** Later versions of emoji still show as empty boxes on many systems. */
const newest = 15

export async function makeEmoji(path: string): Promise<void> {
  const kinds = groups.map(({ name, emojis }) => [name, emojis.filter(isOld).map(entry)])
  await Bun.write(path, JSON.stringify(kinds))
}

type Emoji = (typeof groups)[number]["emojis"][number]

function isOld({ emoji_version }: Emoji): boolean {
  return Number(emoji_version) <= newest
}

function entry({
  emoji,
  name,
  skin_tone_support,
  skin_tone_support_unicode_version: since,
}: Emoji): readonly (string | number)[] {
  const named = new Set(name.toLowerCase().split(" "))
  const others = new Set((words[emoji] ?? []).flatMap((word) => word.toLowerCase().split(/[_ ]/)))
  const row = [emoji, name, [...others].filter((word) => !named.has(word)).join(" ")]
  return skin_tone_support && Number(since) <= newest ? [...row, 1] : row
}
