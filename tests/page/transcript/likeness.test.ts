import { expect, test } from "bun:test"

/** The page's script has no types: this declares what the test uses. */
const { findIn }: { findIn(text: string, query: string): [number, number][] } = await import(
  String(new URL("../../../public/page/transcript/likeness.js", import.meta.url))
)

const found = (text: string, query: string) =>
  findIn(text, query).map(([begin, end]) => text.slice(begin, end))

test("a search ignores case and accents, in the text and in the query", () => {
  expect(found("Zoë met ZOE and zoe\u0308", "zoe")).toEqual(["Zoë", "ZOE", "zoe\u0308"])
  expect(found("cafe", "Café")).toEqual(["cafe"])
  expect(found("ΟΔΟΣ οδός", "οδος")).toEqual(["ΟΔΟΣ", "οδός"])
})

test("a match has its place in the original text, also behind letters that fold to several", () => {
  expect(found("ﬁnd the ﬁve 👩‍👩‍👧 here", "here")).toEqual(["here"])
  expect(found("½ of it", "of")).toEqual(["of"])
  expect(found("ﬁve", "i")).toEqual(["ﬁ"])
})

test("an empty query finds nothing, and neither do only combining marks", () => {
  expect(found("words", "")).toEqual([])
  expect(found("words", "\u0301")).toEqual([])
})
