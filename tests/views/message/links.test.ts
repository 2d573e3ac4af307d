import { expect, test } from "bun:test"
import fc from "fast-check"
import { linksIn } from "../../../views/message/links.ts"
import { address as A, sentences } from "../sentences.ts"

function found(text: string, most = 50): string[] {
  return linksIn(text, { links: most }).map(({ start, end }) => text.slice(start, end))
}

function hosts(text: string): (string | undefined)[] {
  return linksIn(text, { links: 50 }).map(({ host }) => host)
}

test("an address ends before the punctuation of any script, an unmatched bracket or a mark that is not seen (C53)", () => {
  for (const text of Object.values(sentences).flat()) expect([text, found(text)]).toEqual([text, [A]])
})

test("what belongs to an address stays in it (C53)", () => {
  for (const address of [
    "https://en.wikipedia.org/wiki/Duet_(disambiguation)",
    "https://example.com/(b)/c",
    "https://example.com/a(b(c)d)e",
    "https://example.com/?a[]=1&b[x]={y}",
    "https://en.wikipedia.org/wiki/Hobson's_choice",
    "https://fr.wikipedia.org/wiki/L’Avare",
    "https://en.wikipedia.org/wiki/Michelson–Morley_experiment",
    "https://ja.wikipedia.org/wiki/マイケル・ジャクソン",
    "https://ru.wikipedia.org/wiki/Дом",
    "https://ar.wikipedia.org/wiki/سلام",
    "https://he.wikipedia.org/wiki/צה״ל",
    "https://fa.wikipedia.org/wiki/می\u200cخواهم",
    "https://hi.wikipedia.org/wiki/क्\u200dष",
    "https://ca.wikipedia.org/wiki/Il·lusió",
    "https://example.com/%E3%80%82",
    "https://example.com/❤️/👩‍👩‍👧",
    "https://maps.example/@52.5,13.4,15z/data=!3m1!4b1",
    "https://mastodon.example/@user@other.example/1",
    "https://web.archive.example/web/2020/https://example.com/a",
    "https://example.com/w/api.php?titles=A|B",
    "https://example.com/#/route/!x",
    "https://example.com/a;b=1,2:3",
    "https://example.com/a...b",
    "https://youtu.be/abc-",
    "https://instagram.example/name_",
    "https://example.com/a/",
    "https://example.com/?q",
    "https://example.com/$a+b=c&",
  ])
    expect(found(`${address} and`)).toEqual([address])
})

test("hosts are names in any script, addresses with dots or in brackets, with a port or none", () => {
  for (const address of [
    "http://[2001:db8::1]",
    "http://[2001:db8::1]:8080/a(b)",
    "http://[::ffff:192.0.2.1]/x",
    "http://192.0.2.1:8080",
    "http://localhost:3000/a",
    "https://a_b.example.com/x",
    "https://example.com./x",
    "https://münchen.example",
    "https://пример.рф/путь",
    "https://例え.テスト/x",
    "https://مثال.إختبار",
    "https://example.com?q=1",
    "https://example.com#a",
    "HTTPS://EXAMPLE.COM/A",
  ])
    for (const text of [address, `${address}.`, `(${address})`, `「${address}」`, `${address}、次`])
      expect([text, found(text)]).toEqual([text, [address]])
})

test("what is no address becomes none", () => {
  for (const text of [
    "https://",
    "https:///x",
    "https:// example.com",
    "http://[2001:db8::1",
    "http://[::zz]/",
    "https://example.com:99999/",
    "https://…",
    "javascript:alert(1)",
    "ftp://example.com",
    "//example.com",
    "www.example.com",
  ])
    expect([text, found(text)]).toEqual([text, []])
})

test("addresses that only a comma, a semicolon or a bar parts are several", () => {
  for (const sign of [",", ";", "|", ", ", "、", "\n"])
    expect(found(`${A}${sign}${A}/b`)).toEqual([A, `${A}/b`])
})

test("a host that the address hides is told: behind another name, as a number, in other forms of letters (C53)", () => {
  expect(hosts("http://bank.example@evil.example/x")).toEqual(["evil.example"])
  expect(hosts("https://bank.example:443@evil.example")).toEqual(["evil.example"])
  expect(hosts("https://user:pass@example.com/")).toEqual(["example.com"])
  expect(hosts("http://2130706433/ http://0x7f.1 http://127.1/")).toEqual(
    Array.from({ length: 3 }, () => "127.0.0.1"),
  )
  expect(hosts("https://ｅxample.com https://ex%61mple.com")).toEqual(["example.com", "example.com"])
})

test("a host with letters that look like others is told in letters that do not (C53)", () => {
  expect(hosts("https://аррӏе.com")).toEqual(["xn--80ak6aa92e.com"])
  for (const host of ["раypal.com", "gοοgle.com", "bаnk.example", "ɡithub.com", "exampleա.com", "ννν.com"])
    expect([host, hosts(`https://${host}/`)[0]?.includes("xn--")]).toEqual([host, true])
})

test("of a host that is what it seems to be nothing is told (C53)", () => {
  for (const address of [
    "https://example.com",
    "https://EXAMPLE.com:8080/a",
    "https://münchen.example",
    "https://faß.example",
    "https://яндекс.рф",
    "https://пример.com",
    "https://παράδειγμα.δοκιμή",
    "https://日本語.jp",
    "https://xn--80ak6aa92e.com",
    "https://例えex.テスト",
    "http://192.0.2.1:80",
    "http://[2001:db8::1]",
    "https://example.com/@user",
  ])
    expect([address, hosts(address)]).toEqual([address, [undefined]])
})

test("so many are looked at and no more, also of those that turn out to be none (C53)", () => {
  expect(found(`${A} `.repeat(60))).toHaveLength(50)
  const left = { links: 3 }
  expect(linksIn(`https://a:99999 https://b:99999 ${A} ${A}`, left)).toHaveLength(1)
  expect(left.links).toBe(0)
})

test("whatever is said, a link parses, holds no white space and nothing that turns the reading direction", () => {
  const sign = fc.constantFrom(
    "https://",
    "a.b",
    "/",
    "(",
    ")",
    "。",
    "’",
    "\u202e",
    "\u200d",
    "@",
    ":",
    " ",
    "é",
    "_",
    "*",
  )
  const any = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point))
  fc.assert(
    fc.property(fc.array(fc.oneof(sign, any)), (pieces) => {
      for (const address of found(pieces.join(""))) {
        expect(URL.canParse(address)).toBe(true)
        expect(address).not.toMatch(/[\s\p{Bidi_Control}]/u)
      }
    }),
  )
})

test("a host longer than any that has a name is not looked at (C53)", () => {
  const began = `https://${"a".repeat(60)}`
  expect(found(`${began}.example/`)).toHaveLength(1)
  expect(found(`https://a${"\u0301".repeat(3900)}/ and ${began}.example/`)).toEqual([`${began}.example/`])
})
