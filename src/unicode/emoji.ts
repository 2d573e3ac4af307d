/** Exactly one emoji that is recommended for general interchange (RGI, UTS 51), fully qualified. */
const oneEmoji = /^\p{RGI_Emoji}$/v

const everyEmoji = /\p{RGI_Emoji}/gv

/** Whether a text is one emoji of the standard and nothing else. */
export function isEmoji(text: string): boolean {
  return oneEmoji.test(text)
}

/** The text with a space in the place of each emoji, so that what stood around one does not meet. */
export function withoutEmoji(text: string): string {
  return text.replace(everyEmoji, " ")
}
