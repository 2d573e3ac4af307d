import { expect, test } from "bun:test"
import { areAlike } from "../../src/chat/look-alikes.ts"

test("names that look alike, or are one to RFC 8266, are told (C58)", () => {
  const pairs: [string, string][] = [
    ["Alice", "alice"],
    ["Alice", "ALICE"],
    ["Alice", "Аlice"],
    ["Alice", "AIice"],
    ["alice", "a1ice"],
    ["HELLO", "ΗΕLLО"],
    ["Nora", "ΝΟRΑ"],
    ["mars", "rnars"],
    ["paypal", "раураl"],
    ["Zoe\u0308", "Zoë"],
    ["Quiet Otter", "Quiet\u3000 Otter"],
    ["ηello", "Ηello"],
    ["پناه\u200Cعلی", "پناهعلی"],
  ]
  for (const [one, other] of pairs) expect([one, other, areAlike(one, other)]).toEqual([one, other, true])
})

test("names that differ to the eye are not (C58)", () => {
  for (const [one, other] of [
    ["Alice", "Alina"],
    ["Zoe", "Zoë"],
    ["Anna", "Anne"],
    ["ليلى", "سلمى"],
    ["母さん", "母"],
  ] as const)
    expect([one, other, areAlike(one, other)]).toEqual([one, other, false])
})
