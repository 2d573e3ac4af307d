/** Longest name, in graphemes: what a reader would count as characters. */
export const nameLimit = 32

/** A stack of combining marks on one letter is one grapheme: this bounds the whole, in UTF-16 units. */
const lengthLimit = 512

/** The same before it is normalised. */
const rawLimit = 2 * lengthLimit

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })
const joiners =
  /(?<=\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F]*)\u200D(?=\p{Extended_Pictographic})/gu
/** All that a reader sees as a gap; the byte order mark, white space to JavaScript, is invisible. */
const whiteSpace = /[^\S\uFEFF]+/gu
/** Flags of regions are spelt with invisible letters behind a black flag. */
const flags = /\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}/gu
/** No writing stacks more marks than this on one letter. */
const tower = /\p{M}{9,}/u
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u
const tooLong: CheckedName = { refused: `A name has at most ${nameLimit} characters: choose a shorter one.` }
const piled: CheckedName = { refused: "A name cannot pile marks on a letter: take some away." }
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\u2800]/u

export type CheckedName = { readonly name: string } | { readonly refused: string }

/** Normalises a name and checks it; an empty one is answered by an empty name. */
export function checkName(raw: string): CheckedName {
  if (raw.length > rawLimit) return tooLong
  if (tower.test(raw)) return piled
  const name = raw.normalize("NFKC").replace(whiteSpace, " ").replace(/^ | $/g, "")
  if (name === "") return { name }
  if (invisible.test(name.replace(joiners, "").replace(flags, ""))) {
    return { refused: "A name cannot hold invisible or control characters: type it with letters alone." }
  }
  if (tower.test(name)) return piled
  if (!visible.test(name)) return { refused: "A name must show something: type at least one letter." }
  return name.length > lengthLimit || countGraphemes(name) > nameLimit ? tooLong : { name }
}

/** Whether a text could be found within a name. To normalise a long pile of marks takes a time that grows with its square. */
export function couldBeInName(text: string): boolean {
  return text.length <= rawLimit && !tower.test(text)
}

/** A name for somebody who gave none, like "Quiet Otter". */
export function generateName(random: () => number): string {
  return `${pick(qualities, random)} ${pick(animals, random)}`
}

function countGraphemes(text: string): number {
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}

function pick(words: readonly string[], random: () => number): string {
  return words[Math.floor(random() * words.length)] ?? ""
}

const qualities =
  "Amber Brave Bright Calm Clear Clever Cosy Dapper Eager Early Fair Fleet Fond Gentle Glad Golden Happy Hazel Honest Jolly Keen Kind Lively Lucky Mellow Merry Mild Misty Neat Noble Patient Plucky Polite Proud Quick Quiet Rosy Silver Sincere Smiling Snowy Steady Sunny Swift Tall Tender Tidy Warm Wise Witty".split(
    " ",
  )

const animals =
  "Badger Beaver Bison Crane Curlew Deer Dolphin Dove Eagle Egret Falcon Ferret Finch Fox Gecko Hare Hawk Hedgehog Heron Ibex Jackdaw Jay Kestrel Kingfisher Koala Lark Lemur Lynx Magpie Marten Mole Moose Newt Otter Owl Panda Penguin Plover Puffin Quail Rabbit Raven Robin Seal Sparrow Starling Stoat Swallow Swan Tapir Thrush Tortoise Vole Weasel Wombat Wren".split(
    " ",
  )
