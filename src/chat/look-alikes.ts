import { comparedNickname } from "../unicode/nickname.ts"
import { skeleton } from "../unicode/skeleton.ts"

/**
 * What a name looks like, in small letters and as it is written: names that share one of these look alike. A capital i
 * is a small L to the eye, so the two are one letter here.
 */
export function looksOf(name: string): readonly string[] {
  const small = comparedNickname(name)
  const inSmall = alike(skeleton(small))
  const asWritten = alike(skeleton(comparedNickname(skeleton(name))))
  return inSmall === asWritten ? [inSmall] : [inSmall, asWritten]
}

/** Whether the eye may take one name for the other. */
export function areAlike(one: string, other: string): boolean {
  const looks = looksOf(other)
  return looksOf(one).some((each) => looks.includes(each))
}

function alike(looks: string): string {
  return looks.replaceAll("i", "l")
}

const reserved = new Set(
  ["echo", "duet", "system", "admin", "support", "moderator"].flatMap((word) => [
    ...looksOf(word),
    ...looksOf(word.toUpperCase()),
    ...looksOf(word.charAt(0).toUpperCase() + word.slice(1)),
  ]),
)

/** Whether a name is, or looks like, one that only Duet itself may go by. */
export function isReserved(name: string): boolean {
  return looksOf(name).some((looks) => reserved.has(looks))
}
