import type { PeopleOnline, Person, PersonStatus } from "../model.ts"

/** `begin` is the beginning of their id, from which their mark and their hue follow. */
export function person(begin: string, name: string, status: PersonStatus = "online"): Person {
  return { id: `${begin.padEnd(8, "0")}-0000-8000-8000-000000000000`, name, status }
}

export const me = person("aaaa", "Quiet Otter")
export const alma = person("7f3a", "Alma")
export const jonas = person("c04e", "Jonas")
export const zoe = person("19bd", "Zoë K.", "away")
export const robot = person("e210", "robot", "gone")
export const noor = person("3c7d", "Noor", "offline")
export const echo = person("ec40", "Echo")
export const layla = person("b3e8", "ليلى بنت عبد الرحمن")
export const haha = person("5d07", "母さん")
export const long = person("4d1c", "Wolfeschlegelsteinhausenberger A")
export const hostile = person("6666", `<b>"Bobby" & 'Tables'</b>`)

export const everyone: readonly Person[] = [
  alma,
  jonas,
  zoe,
  person("a91c", "Swift Finch"),
  haha,
  layla,
  person("44f2", "Tall Birch", "away"),
]

/** Two whom only the colour and the mark tell apart, and one whose letters are of another script. */
export const lookalikes: readonly Person[] = [
  { ...person("3d0f11c7", "Alice"), marked: true },
  { ...person("9a5e2b40", "Alice"), marked: true },
  { ...person("e81c76d2", "Аlice"), marked: true },
]

export const awkward: readonly Person[] = [
  long,
  layla,
  haha,
  hostile,
  person("7a7a", "👩‍👩‍👧‍👦"),
  person("8b8b", "x"),
]

const first = ["Quiet", "Swift", "Tall", "Kind", "Early", "Brave", "Merry", "Plain", "Warm", "Sunny"]
const second = ["Otter", "Finch", "Birch", "Heron", "Maple", "Lynx", "Plover", "Cedar", "Robin", "Hare"]

/** As many people as the list ever names at once: the 50 latest of a thousand. */
export const thousand: PeopleOnline = {
  total: 1001,
  people: Array.from({ length: 50 }, (_, i) => {
    const mark = (0x1000 + i * 277).toString(16).slice(-4)
    const name = `${first[i % first.length]} ${second[Math.floor(i / first.length) % second.length]}`
    return person(mark, name, i % 9 === 4 ? "away" : "online")
  }),
}
