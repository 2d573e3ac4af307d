import { expect, test } from "bun:test"

/** The browser's own script, which has no types: what is used of it here. */
const { findIn }: { findIn(text: string, query: string): [number, number][] } = await import(
  String(new URL("../../../public/page/transcript/likeness.js", import.meta.url))
)

const found = (text: string, query: string) =>
  findIn(text, query).map(([begin, end]) => text.slice(begin, end))

test("words are found whatever their case and accents, on either side", () => {
  expect(found("Zoë met ZOE and zoe\u0308", "zoe")).toEqual(["Zoë", "ZOE", "zoe\u0308"])
  expect(found("cafe", "Café")).toEqual(["cafe"])
  expect(found("ΟΔΟΣ οδός", "οδος")).toEqual(["ΟΔΟΣ", "οδός"])
})

test("what is found lies where it was written, also behind letters that fold to several", () => {
  expect(found("ﬁnd the ﬁve 👩‍👩‍👧 here", "here")).toEqual(["here"])
  expect(found("½ of it", "of")).toEqual(["of"])
  expect(found("ﬁve", "i")).toEqual(["ﬁ"])
})

test("nothing is found for nothing, and marks alone find nothing", () => {
  expect(found("words", "")).toEqual([])
  expect(found("words", "\u0301")).toEqual([])
})
