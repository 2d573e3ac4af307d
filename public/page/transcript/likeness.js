/** Compares words without regard to case, accents and Unicode forms. */

/** The form in which a text is compared. */
export function likened(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ς", "σ")
}

/** Where `text` contains `query`: pairs of start and end, in UTF-16 units of the original text. */
export function findIn(text, query) {
  const sought = likened(query)
  if (sought === "") return []
  let folded = ""
  const begins = []
  const ends = []
  let at = 0
  for (const character of text) {
    const like = likened(character)
    // A combining mark belongs to the letter before it.
    if (like === "" && ends.length > 0) ends[ends.length - 1] = at + character.length
    for (let i = 0; i < like.length; i++) {
      begins.push(at)
      ends.push(at + character.length)
    }
    folded += like
    at += character.length
  }
  const found = []
  for (let i = folded.indexOf(sought); i !== -1; i = folded.indexOf(sought, i + sought.length))
    found.push([begins[i], ends[i + sought.length - 1]])
  return found
}
