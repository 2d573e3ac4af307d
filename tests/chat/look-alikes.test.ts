import { expect, test } from "bun:test"
import { looksOf } from "../../src/chat/look-alikes.ts"

const alike = (one: string, other: string) => looksOf(one).some((looks) => looksOf(other).includes(looks))

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
  for (const [one, other] of pairs) expect([one, other, alike(one, other)]).toEqual([one, other, true])
})

test("names that differ to the eye are not (C58)", () => {
  for (const [one, other] of [
    ["Alice", "Alina"],
    ["Zoe", "Zoë"],
    ["Anna", "Anne"],
    ["ليلى", "سلمى"],
    ["母さん", "母"],
  ] as const)
    expect([one, other, alike(one, other)]).toEqual([one, other, false])
})
