/** As nearly all are written. */
const PLAIN = /^(?:[a-z\d_-]+\.)*[a-z][a-z\d_-]*\.?(?::\d+)?$/iu

/** What is read of it is where it leads. */
export function isPlain(authority: string): boolean {
  return PLAIN.test(authority)
}

/**
 * The host of an address, if its authority, as written, could be taken for another: there is a name before the host, it
 * is a number or a form of letters that stands for another, or it has letters that look like those of other scripts.
 */
export function hostToShow(hostname: string, authority: string): string | undefined {
  if (authority.includes("@")) return hostname
  if (hostname.startsWith("[")) return undefined
  const written = authority.replace(/:\d+$/u, "").normalize("NFC").toLowerCase()
  if (written === hostname) return undefined
  const isAnotherForm = isAscii(written) || written !== written.normalize("NFKC")
  return isAnotherForm || couldBeAnother(written) ? hostname : undefined
}

/** Of such the host has the same letters, unless they stand for a number or are escaped. */
function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text)
}

/** The alphabets that share forms of letters. */
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Lisu}/u,
]
/** What Latin is written beside in East Asia. */
const NOT_WITH_LATIN =
  /[\p{L}--[\p{Script=Latin}\p{Script=Common}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}]]/v
/** Letters of Cyrillic, Greek and Armenian that are those of a Latin word to the eye. */
const LATIN_TO_THE_EYE = /^[\d\-асԁеԍһіјӏорԛѕԝхуъьҽпгѵѡαγηικνορτυωχօոսհցյզգ]+$/u
/** Of phonetics and the like: no language spells with them. */
const STRANGE_LATIN = /[\u0250-\u02af\u1d00-\u1dbf\ua720-\ua7ff]/u
const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u

/** By the rules of browsers for what they show of an internationalised name, in short. */
function couldBeAnother(host: string): boolean {
  const labels = host.split(".")
  const isLatinAtTheTop = /^[a-z\d-]*$/u.test(labels.at(-1) ?? "")
  return labels.some((label) => {
    if (/^[a-z\d_-]*$/u.test(label)) return false
    if (HIDDEN.test(label) || STRANGE_LATIN.test(label)) return true
    const alphabets = ALPHABETS.filter((alphabet) => alphabet.test(label)).length
    if (alphabets > 1 || (/\p{Script=Latin}/u.test(label) && NOT_WITH_LATIN.test(label))) return true
    return isLatinAtTheTop && LATIN_TO_THE_EYE.test(label)
  })
}
