import { beforeAll, expect, test } from "bun:test"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { makeEmoji } from "../../../scripts/emoji.ts"
import { isEmoji } from "../../../src/unicode/emoji.ts"

interface Entry {
  emoji: string
  name: string
  words: string
  toned: boolean
}

/** The page's scripts have no types: this declares what the test uses. */
interface EmojiList {
  findEmoji(pages: readonly { emoji: Entry[] }[], query: string): Entry[]
  toned(entry: Entry, tone: string): string
}

const script: string = "../../../public/page/emoji/list.js"
let pages: { emoji: Entry[] }[]
let findEmoji: EmojiList["findEmoji"]
let toned: EmojiList["toned"]

beforeAll(async () => {
  ;({ findEmoji, toned } = (await import(script)) as EmojiList)
  const file = join(tmpdir(), `duet-emoji-${process.pid}.json`)
  await makeEmoji(file)
  const kinds: [string, [string, string, string, number?][]][] = await Bun.file(file).json()
  await Bun.file(file).delete()
  pages = kinds.map(([, rows]) => ({
    emoji: rows.map(([emoji, name, words, takes]) => ({ emoji, name, words, toned: takes === 1 })),
  }))
})

const first = (query: string) => findEmoji(pages, query)[0]?.emoji

test("an emoji is found by its name, then by its other names, in any case and order", () => {
  expect(first("party popper")).toBe("🎉")
  expect(first("POPPER par")).toBe("🎉")
  expect(findEmoji(pages, "lol").map(({ emoji }: Entry) => emoji)).toContain("😂")
  expect(first("🍋")).toBe("🍋")
})

test("an unknown word finds nothing, and so does an empty query", () => {
  expect(findEmoji(pages, "zzzz")).toEqual([])
  expect(findEmoji(pages, "  ")).toEqual([])
})

test("a skin tone applies to all people in an emoji that takes one, and to no other emoji", () => {
  const named = (name: string) => {
    const entry = pages.flatMap(({ emoji }) => emoji).find((each) => each.name === name)
    if (!entry) throw new Error(`No emoji is called ${name}`)
    return entry
  }
  expect(toned(named("waving hand"), "🏽")).toBe("👋🏽")
  expect(toned(named("victory hand"), "🏽")).toBe("✌🏽")
  expect(toned(named("people holding hands"), "🏽")).toBe("🧑🏽‍🤝‍🧑🏽")
  expect(toned(named("family man, woman, boy"), "🏽")).toBe("👨‍👩‍👦")
  expect(toned(named("waving hand"), "")).toBe("👋")
})

test("whatever the picker gives is an emoji of the standard, in each skin tone (C60)", () => {
  const tones = ["", "🏻", "🏼", "🏽", "🏾", "🏿"]
  const all = pages.flatMap(({ emoji }) => emoji).flatMap((entry) => tones.map((tone) => toned(entry, tone)))
  expect(all.length).toBeGreaterThan(10_000)
  expect([...new Set(all)].filter((emoji) => !isEmoji(emoji))).toEqual([])
})
