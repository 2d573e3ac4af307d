/** Words are alike whatever their case and accents, and in whatever form their letters were typed. */

/** The text as it is compared. */
export function likened(text) {
  return Array.from(text, alike).join("")
}

/** Where `query` stands in `text`: pairs of a beginning and an end, in UTF-16 units of the text as it was written. */
export function findIn(text, query) {
  const sought = likened(query)
  if (sought === "") return []
  let folded = ""
  const begins = []
  const ends = []
  let at = 0
  for (const character of text) {
    const like = alike(character)
    // A mark belongs to the letter before it.
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

function alike(character) {
  if (character <= "\x7f") return character.toLowerCase()
  return character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ς", "σ")
}
