import { expect, test } from "bun:test"
import { checkName, generateName } from "../../src/chat/names.ts"

const kept: [string, string][] = [
  ["alice", "alice"],
  ["  Quiet \t Otter\n", "Quiet Otter"],
  ["ａｌｉｃｅ", "alice"],
  ["Zoe\u0308", "Zoë"],
  ["母さん", "母さん"],
  ["ليلى", "ليلى"],
  ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
  ["👩🏽‍🚀 Ada", "👩🏽‍🚀 Ada"],
  ["👍".repeat(32), "👍".repeat(32)],
  ["<b>&\"'", "<b>&\"'"],
  ["👨‍👩‍👧‍👦".repeat(32), "👨‍👩‍👧‍👦".repeat(32)],
  ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
  ["   ", ""],
  ["", ""],
]

test.each(kept)("%j becomes %j", (raw, name) => {
  expect(checkName(raw)).toEqual({ name })
})

const refused: [string, string][] = [
  ["a null", "a\u0000b"],
  ["an escape", "\u001b[31mred"],
  ["a bidi override", "abc\u202Edef"],
  ["a bidi isolate", "abc\u2066def"],
  ["a zero-width space", "a\u200Bb"],
  ["a joiner between letters", "a\u200Db"],
  ["a byte order mark", "\uFEFFalice"],
  ["a soft hyphen", "al\u00ADice"],
  ["a blank filler", "\u3164"],
  ["a blank of dots", "\u2800"],
  ["a variation selector alone", "\uFE0F"],
  ["a joiner of marks alone", "\u034F"],
  ["megabytes", "\uFDFA".repeat(1_000_000)],
  ["half a surrogate pair", "a\ud800"],
  ["33 characters", "x".repeat(33)],
  ["a tower of marks", `a${"\u0301".repeat(300)}`],
]

test.each(refused)("a name with %s is refused, with a reason", (_, raw) => {
  expect(checkName(raw)).toEqual({ refused: expect.stringMatching(/\.$/) })
})

test("a generated name is two plain words, and passes its own check", () => {
  for (let i = 0; i < 1; i += 0.013) {
    const name = generateName(() => i)
    expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
    expect(checkName(name)).toEqual({ name })
  }
})
