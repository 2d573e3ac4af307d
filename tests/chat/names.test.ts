import { expect, test } from "bun:test"
import fc from "fast-check"
import { checkName, generateName } from "../../src/chat/names.ts"

const family = "👨‍👩‍👧‍👦"

const taken: [string, string][] = [
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
  [family.repeat(18), family.repeat(18)],
  ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
  ["❤️ 1️⃣", "❤️ 1️⃣"],
  ["Max™️", "MaxTM"],
  ["😀".repeat(32), "😀".repeat(32)],
  ["   ", ""],
  ["", ""],
]

test.each(taken)("%j becomes %j", (raw, name) => {
  expect(checkName(raw)).toEqual({ name })
})

const spelled: [string, string][] = [
  ["Sinhala", "ශ්\u200Dරී"],
  ["Persian", "پناه\u200Cعلی"],
  ["Persian with vowels", "مِی\u200Cخواهم"],
  ["old Malayalam", "ന\u0D4D\u200D"],
  ["Hindi", "क्\u200Dष"],
  ["Hindi kept apart", "क्\u200Cष"],
  ["Sanskrit clusters", "कार्त्स्न्य"],
  ["Hebrew with points", "שָׁלוֹם"],
  ["Vietnamese", "Nguyễn Thị Tuyết"],
  ["Tibetan", "ཧཱུྃ བརྒྱུད"],
  ["Myanmar", "ကြွှော့်"],
  ["Thai", "ณัฐพงษ์ น้ำ"],
  ["Korean letters", "ㅋㅋㅋ"],
  ["a Japanese variant of a letter", "葛\u{E0100}城"],
  ["Mongolian", "ᠰᠤᠯᠳᠠᠨ\u180B"],
]

test("a name is taken as its script spells it (C57)", () => {
  for (const [script, name] of spelled)
    expect([script, checkName(name)]).toEqual([script, { name: name.normalize("NFKC") }])
})

const refused: [string, string][] = [
  ["a null", "a\u0000b"],
  ["an escape", "\u001b[31mred"],
  ["a bidi override", "abc\u202Edef"],
  ["a bidi isolate", "abc\u2066def"],
  ["a zero-width space", "a\u200Bb"],
  ["a joiner between letters", "a\u200Db"],
  ["a non-joiner between letters that do not join", "a\u200Cb"],
  ["a non-joiner at the end of an Arabic word", "علی\u200C"],
  ["two joiners in a row", "क्\u200D\u200Dष"],
  ["a joiner after an emoji alone", "👍\u200D"],
  ["a joiner that an emoji parts from its virama", "क्👍\u200D"],
  ["emoji that no standard joins", "👍\u200D👍"],
  ["a byte order mark", "\uFEFFalice"],
  ["a soft hyphen", "al\u00ADice"],
  ["a blank filler", "\u3164"],
  ["a filler between letters", "a\u3164b"],
  ["a blank of dots", "\u2800"],
  ["a variation selector alone", "\uFE0F"],
  ["a variation selector on a letter", "a\uFE0F"],
  ["variation selectors of ideographs on a letter", "a\u{E0100}"],
  ["letters of tags", "a\u{E0061}\u{E0062}"],
  ["a joiner of marks alone", "\u034F"],
  ["a joiner of marks", "a\u034Fb"],
  ["megabytes", "\uFDFA".repeat(1_000_000)],
  ["half a surrogate pair", "a\ud800"],
  ["33 characters", "x".repeat(33)],
  ["129 code points", `${family.repeat(18)}abc`],
  ["a tower of marks", `a${"\u0301".repeat(300)}`],
  ["five marks on a letter", "a\u0300\u0301\u0302\u0303\u0304"],
  ["five marks, of which one is in the letter", "ä\u0301\u0302\u0303\u0304"],
  ["one mark twice", "a\u0336\u0336"],
  ["a mark without a letter", "\u0336alice"],
  ["500 jamo in one letter", "\u1100".repeat(500)],
  ["100 jamo in one letter", "\u1100".repeat(100)],
  ["13 jamo in one letter", "\u1100".repeat(13)],
]

test("a name with hidden or stacked text, or too much of it, is refused with a reason (C57)", () => {
  for (const [what, raw] of refused)
    expect([what, checkName(raw)]).toEqual([what, { refused: expect.stringMatching(/\.$/) }])
})

const reserved = [
  ...["echo", "Echo", "ECHO", "  e\u0441ho ", "Ech0", "ＥＣＨＯ", "Еcho", "ЕСНО"],
  ...["duet", "Duet", "DUET", "ԁuet", "𝐃𝐮𝐞𝐭"],
  ...["system", "System", "SYSTEM", "ѕуѕtem", "systern"],
  ...["admin", "Admin", "ADMIN", "ADMlN", "adm1n", "аdmin", "admın", "AdMiN"],
  ...["support", "Support", "ЅUPPОRТ", "suρρort"],
  ...["moderator", "Moderator", "MODERATOR", "rnoderator", "m0derat0r"],
]

test("reserved names and what looks like them are refused (C57)", () => {
  for (const name of reserved)
    expect([name, checkName(name)]).toEqual([
      name,
      { refused: expect.stringContaining("belongs to Duet itself") },
    ])
})

test.each(["Duette", "Echolot", "Adam", "Supporter", "Ecko", "echo echo"])(
  "%j is nobody's but theirs",
  (name) => {
    expect(checkName(name)).toEqual({ name })
  },
)

test("a name that was taken is taken again as it is (C57)", () => {
  const odd = fc.constantFrom(..."aㅋ̈́\u0301´¨™️ⓂﬁİẞſKΩ़क्\u200D\u200Cیعﷺ👩🚀\u3000 \t葛")
  const any = fc.nat(0x1ffff).map((code) => String.fromCodePoint(code))
  const raws = fc.array(fc.oneof(odd, any), { maxLength: 20 }).map((all) => all.join(""))
  fc.assert(
    fc.property(raws, (raw) => {
      const checked = checkName(raw)
      if ("name" in checked) expect(checkName(checked.name)).toEqual(checked)
    }),
    { numRuns: 2000, seed: 8266 },
  )
})

test("a generated name is two plain words, and passes its own check whichever it is", () => {
  for (let i = 0; i < 1; i += 0.013)
    for (let k = 0; k < 1; k += 0.017) {
      const turns = [i, k]
      const name = generateName(() => turns.shift() ?? 0)
      expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
      expect(checkName(name)).toEqual({ name })
    }
})
