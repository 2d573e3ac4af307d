import type { Person } from "../model.ts"
import { markOf } from "./identity.ts"

/** What the dot and the mark beside a name say, in words. */
export function describedAs(person: Person): string {
  return person.marked ? `${statusWords(person)}, mark ${markOf(person.id)}` : statusWords(person)
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
