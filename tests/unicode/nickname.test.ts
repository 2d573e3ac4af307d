import { expect, test } from "bun:test"
import { comparedNickname, preparedNickname } from "../../src/unicode/nickname.ts"

test("names are compared by RFC 8266, with its own examples", () => {
  expect(comparedNickname("Foo")).toBe("foo")
  expect(comparedNickname("foo")).toBe("foo")
  expect(comparedNickname("Foo Bar")).toBe("foo bar")
  expect(comparedNickname("  Foo  Bar ")).toBe("foo bar")
  expect(comparedNickname("Σ")).toBe("σ")
  expect(comparedNickname("σ")).toBe("σ")
  expect(comparedNickname("ς")).toBe("ς")
  expect(comparedNickname("♚")).toBe("♚")
  expect(comparedNickname("Richard Ⅳ")).toBe("richard iv")
  expect(comparedNickname("Foo\u3000Bar")).toBe("foo bar")
})

test("preparing or comparing a result again changes nothing", () => {
  for (const text of ["ǅ", "ϓ\u0301", "\u00A8a", "ﷺ", "\u212A", "\u2126", "ẞ", "İ", "㍿", "™️", "Ⓜ️"])
    for (const apply of [preparedNickname, comparedNickname])
      expect([text, apply(apply(text))]).toEqual([text, apply(text)])
})
