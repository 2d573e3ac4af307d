import { withoutEmoji } from "../unicode/emoji.ts"
import { withoutSpelledJoiners } from "../unicode/joiners.ts"
import { preparedNickname } from "../unicode/nickname.ts"
import { countCodePoints, countGraphemes, isStacked } from "../unicode/stacks.ts"
import { isReserved } from "./look-alikes.ts"

/** Longest name, in graphemes: what a reader would count as characters. */
export const nameLimit = 32

/** The same in code points, of which one grapheme may have many. */
const codePointLimit = 128

/** UTF-16 units before a name is normalised. */
const rawLimit = 1024

/** No writing stacks more marks than this on one letter, and to normalise more of them is costly. */
const tower = /\p{M}{9,}/u
/** Variants of ideographs and of Mongolian letters, which their spelling needs. */
const variants = /(?<=\p{Ideographic})[\u{E0100}-\u{E01EF}]|(?<=\p{Script=Mongolian})[\u180B-\u180F]/gu
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{1D159}]/u
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u
const markWithoutLetter = /^\p{M}/u

const tooLong = refuse(`A name has at most ${nameLimit} characters: choose a shorter one.`)
const tooManyParts = refuse(
  `A name has at most ${codePointLimit} code points, of which one character may have many: choose a shorter one.`,
)
const hidden = refuse("A name cannot hold invisible or control characters: type it with letters alone.")
const piled = refuse("A name cannot pile marks or letters into one character: take some away.")
const empty = refuse("A name must show something: type at least one letter.")
const headless = refuse("A name cannot begin with a mark that belongs on a letter: type the letter first.")
const taken = refuse("This name, or one that looks like it, belongs to Duet itself: choose another one.")

export type CheckedName = { readonly name: string } | { readonly refused: string }

/** Normalises a name and checks it; an empty one is answered by an empty name. */
export function checkName(raw: string): CheckedName {
  if (raw.length > rawLimit) return tooLong
  if (tower.test(raw)) return piled
  const name = preparedNickname(raw)
  return name === "" ? { name } : (faultOf(name) ?? { name })
}

function faultOf(name: string): CheckedName | undefined {
  if (name.length > codePointLimit && countCodePoints(name) > codePointLimit) return tooManyParts
  const spelled = withoutSpelledJoiners(withoutEmoji(name).replace(variants, ""))
  if (invisible.test(spelled)) return hidden
  if (isStacked(spelled)) return piled
  if (!visible.test(name)) return empty
  if (markWithoutLetter.test(name)) return headless
  if (countGraphemes(name) > nameLimit) return tooLong
  return isReserved(name) ? taken : undefined
}

function refuse(reason: string): CheckedName {
  return { refused: reason }
}

/** Whether a text could be found within a name. To normalise a long pile of marks takes a time that grows with its square. */
export function couldBeInName(text: string): boolean {
  return text.length <= rawLimit && !tower.test(text)
}

/** A name for somebody who gave none, like "Quiet Otter". */
export function generateName(random: () => number): string {
  return `${pick(qualities, random)} ${pick(animals, random)}`
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
