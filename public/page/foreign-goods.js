/** Files and pictures: Duet carries words alone, and says so instead of leaving the page for the file. */

import { tell } from "./signals.js"

const WORDS_ALONE = "Duet carries words alone: files and pictures stay with you."

function holdsFiles({ types }) {
  return types.includes("Files")
}

document.addEventListener("dragover", (event) => {
  if (holdsFiles(event.dataTransfer)) event.preventDefault()
})
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event.dataTransfer)) return
  event.preventDefault()
  tell("trouble", WORDS_ALONE)
})

// What a spreadsheet copies is a picture and words: then the words are meant.
document.addEventListener("paste", (event) => {
  if (!holdsFiles(event.clipboardData) || event.clipboardData.types.includes("text/plain")) return
  event.preventDefault()
  tell("trouble", WORDS_ALONE)
})
