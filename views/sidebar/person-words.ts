import type { Person } from "../model.ts"
import { idMark } from "./identity.ts"

/** What the dot and the mark beside a name say, in words. */
export function describedAs(person: Person): string {
  return `${statusWords(person)}, id ${idMark(person.id)}`
}

export function statusWords({ status }: Person): string {
  switch (status) {
    case "online":
      return "online"
    case "away":
      return "away for a moment"
    case "offline":
      return "offline, may be back"
    case "gone":
      return "left"
    default:
      return status satisfies never
  }
}
