import { expect, test } from "bun:test"
import { withoutSpelledJoiners } from "../../src/unicode/joiners.ts"

const [nonJoiner, joiner] = ["\u200C", "\u200D"]

/** Of each script one sign that takes the vowel from a letter. */
const viramas = [..."्্੍્୍్್്්྄္្꠆᭄᮪"]

test("after a virama both may stand, whatever follows (RFC 5892, A.1 and A.2)", () => {
  for (const virama of viramas)
    for (const sign of [nonJoiner, joiner])
      expect([virama, withoutSpelledJoiners(`क${virama}${sign}`)]).toEqual([virama, `क${virama}`])
})

test("after any other mark neither may", () => {
  for (const mark of "\u0301\u05B0\u3099़ँ")
    for (const sign of [nonJoiner, joiner])
      expect(withoutSpelledJoiners(`क${mark}${sign}क`)).toBe(`क${mark}${sign}क`)
})

test("a non-joiner parts letters that would join, over marks on them", () => {
  expect(withoutSpelledJoiners(`ب${nonJoiner}ا`)).toBe("با")
  expect(withoutSpelledJoiners(`بِّ${nonJoiner}ا`)).toBe("بِّا")
  expect(withoutSpelledJoiners(`\uA872${nonJoiner}ب`)).toBe("\uA872ب")
})

test("a non-joiner where nothing would join stays, and so does a joiner there", () => {
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
