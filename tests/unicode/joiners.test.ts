import { expect, test } from "bun:test"
import { withoutSpelledJoiners } from "../../src/unicode/joiners.ts"

const [nonJoiner, joiner] = ["\u200C", "\u200D"]

/** A virama of each script, the sign that removes a letter's vowel. */
const viramas = [..."्্੍્୍్್്්྄္្꠆᭄᮪"]

test("a joiner and a non-joiner are allowed after a virama (RFC 5892, A.1 and A.2)", () => {
  for (const virama of viramas)
    for (const sign of [nonJoiner, joiner])
      expect([virama, withoutSpelledJoiners(`क${virama}${sign}`)]).toEqual([virama, `क${virama}`])
})

test("neither is allowed after any other mark", () => {
  for (const mark of "\u0301\u05B0\u3099़ँ")
    for (const sign of [nonJoiner, joiner])
      expect(withoutSpelledJoiners(`क${mark}${sign}क`)).toBe(`क${mark}${sign}क`)
})

test("a non-joiner is allowed between letters that would join, also with marks on them", () => {
  expect(withoutSpelledJoiners(`ب${nonJoiner}ا`)).toBe("با")
  expect(withoutSpelledJoiners(`بِّ${nonJoiner}ا`)).toBe("بِّا")
  expect(withoutSpelledJoiners(`\uA872${nonJoiner}ب`)).toBe("\uA872ب")
})

test("a non-joiner elsewhere and a joiner without a virama are not allowed", () => {
  const kept = [
    `ا${nonJoiner}ب`,
    `ب${nonJoiner}`,
    `${nonJoiner}ب`,
    `ب${nonJoiner}ء`,
    `ب${joiner}ا`,
    `ب${nonJoiner}${nonJoiner}ا`,
  ]
  for (const text of kept) expect(withoutSpelledJoiners(text)).toBe(text)
})
