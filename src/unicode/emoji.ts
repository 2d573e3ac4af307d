/** One emoji that is recommended for general interchange (RGI, UTS 51), fully qualified. */
const oneEmoji = /^\p{RGI_Emoji}$/v

const everyEmoji = /\p{RGI_Emoji}/gv

/** Whether a text is exactly one emoji of the standard. */
export function isEmoji(text: string): boolean {
  return oneEmoji.test(text)
}

/** Replaces each emoji by a space, so that the characters around it do not become neighbours. */
export function withoutEmoji(text: string): string {
  return text.replace(everyEmoji, " ")
}
