import { expect, test } from "bun:test"
import fc from "fast-check"
import { linksIn } from "../../views/links.ts"

function found(text: string, most = 50): string[] {
  return linksIn(text, { links: most }).map(({ start, end }) => text.slice(start, end))
}

function hosts(text: string): (string | undefined)[] {
  return linksIn(text, { links: 50 }).map(({ host }) => host)
}

const A = "https://example.com/a"

/** What people write around an address, by the language or the kind of place that it is from. */
const sentences: Readonly<Record<string, readonly string[]>> = {
  English: [
    `See ${A}.`,
    `${A}, or not`,
    `${A}!`,
    `${A}?!`,
    `${A}...`,
    `(${A})`,
    `“${A}”`,
    `‘${A}’`,
    `"${A}"`,
  ],
  "English, without spaces": [`${A}—and more`, `${A}…and`, `‘${A}’s`, `'${A}'s`, `${A}(the second one)`],
  German: [`„${A}“`, `‚${A}‘`, `»${A}«`, `›${A}‹`],
  French: [`« ${A} »`, `«${A}»`, `${A} !`, `${A} ; puis`],
  Swedish: [`”${A}”`, `’${A}’`],
  Spanish: [`¿${A}?`, `¡${A}!`, `${A}¿no?`],
  Russian: [`«${A}»,`, `${A};`, `№ ${A}.`],
  Greek: [`${A}\u037e`, `${A}\u0387`],
  Chinese: [
    `${A}。`,
    `${A}，然后`,
    `${A}；还有`,
    `${A}：这里`,
    `${A}！`,
    `${A}？是的`,
    `（${A}）`,
    `${A}（官网）`,
    `《${A}》`,
    `【${A}】`,
    `〔${A}〕`,
    `看${A}、次`,
    `${A}……`,
    `${A}——好`,
    `﹁${A}﹂`,
  ],
  Japanese: [
    `「${A}」`,
    `『${A}』`,
    `${A}、次`,
    `${A}。次`,
    `［${A}］`,
    `｢${A}｣`,
    `${A}､次`,
    `${A}｡`,
    `〝${A}〟`,
  ],
  Korean: [`《${A}》`, `〈${A}〉`, `‘${A}’`, `${A}.`],
  Arabic: [`${A}؟`, `${A}،`, `${A}، ثم`, `${A}؛`, `${A}؟ثم`, `«${A}»`, `﴾${A}﴿`],
  Urdu: [`${A}۔`, `${A}۔پھر`],
  Hebrew: [`״${A}״`, `${A}׃`, `${A}.`, `„${A}”`],
  Armenian: [`${A}։`, `${A}՞`, `${A}՜`, `${A}՝`, `«${A}»`],
  Hindi: [`${A}।`, `${A}॥`, `${A}।फिर`],
  Thai: [`${A}๚`, `${A}๛`],
  Burmese: [`${A}၊`, `${A}။`],
  Khmer: [`${A}។`, `${A}៕`, `${A}៖`],
  Tibetan: [`${A}།`, `${A}༎`],
  Amharic: [`${A}።`, `${A}፣`, `${A}፤`, `${A}፧`],
  Mongolian: [`${A}᠃`, `${A}᠂`],
  Syriac: [`${A}܀`, `${A}܂`],
  Javanese: [`${A}꧉`, `${A}꧈`],
  Markdown: [
    `[text](${A})`,
    `**${A}**`,
    `*${A}*`,
    `_${A}_`,
    `__${A}__`,
    `~~${A}~~`,
    `**see ${A}**`,
    `<${A}>`,
    `| ${A} |`,
    `|${A}|`,
    `||${A}||`,
    `> ${A}`,
    `* ${A}`,
  ],
  programs: [
    `{"url":"${A}"}`,
    `{'url':'${A}','n':1}`,
    `["${A}"]`,
    `url=${A};`,
    `"${A}\\n"`,
    `[[${A}]]`,
    `{{${A}}}`,
  ],
  brackets: [`((${A}))`, `[(${A})]`, `(see ${A}), then`, `(${A}.)`, `(${A}]`, `⟨${A}⟩`, `⸢${A}⸣`],
  "what is not seen": [
    `${A}\u200b`,
    `${A}\u200bb`,
    `${A}\u202Egpj.exe`,
    `\u202e${A}`,
    `${A}\u200fb`,
    `${A}\u2066b\u2069`,
    `${A}\u00adb`,
    `${A}\u2060`,
    `${A}\u200dx`,
    `${A}\ufe0fx`,
    `${A}\u3164`,
    `${A}\0b`,
    `${A}\u00a0b`,
    `${A}\u3000b`,
    `${A}\u{e0061}`,
  ],
}

for (const [where, texts] of Object.entries(sentences))
  test(`an address ends before what follows it: ${where}`, () => {
    for (const text of texts) expect([text, found(text)]).toEqual([text, [A]])
  })

test("what belongs to an address stays in it", () => {
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

test("a host that the address hides is told: behind another name, as a number, in other forms of letters", () => {
  expect(hosts("http://bank.example@evil.example/x")).toEqual(["evil.example"])
  expect(hosts("https://bank.example:443@evil.example")).toEqual(["evil.example"])
  expect(hosts("https://user:pass@example.com/")).toEqual(["example.com"])
  expect(hosts("http://2130706433/ http://0x7f.1 http://127.1/")).toEqual(
    Array.from({ length: 3 }, () => "127.0.0.1"),
  )
  expect(hosts("https://ｅxample.com https://ex%61mple.com")).toEqual(["example.com", "example.com"])
})

test("a host with letters that look like others is told in letters that do not", () => {
  expect(hosts("https://аррӏе.com")).toEqual(["xn--80ak6aa92e.com"])
  for (const host of ["раypal.com", "gοοgle.com", "bаnk.example", "ɡithub.com", "exampleա.com", "ννν.com"])
    expect([host, hosts(`https://${host}/`)[0]?.includes("xn--")]).toEqual([host, true])
})

test("of a host that is what it seems to be nothing is told", () => {
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

test("so many are looked at and no more, also of those that turn out to be none", () => {
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
  fc.assert(
    fc.property(fc.array(fc.oneof(sign, fc.string({ unit: "binary", maxLength: 2 }))), (pieces) => {
      for (const address of found(pieces.join(""))) {
        expect(URL.canParse(address)).toBe(true)
        expect(address).not.toMatch(/[\s\p{Bidi_Control}]/u)
      }
    }),
  )
})
