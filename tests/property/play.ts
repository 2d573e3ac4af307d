import { Ledger, Violation } from "./ledger.ts"
import type { Script, Step } from "./script.ts"
import { type Place, Speaker } from "./speaker.ts"

/** Long enough for a loopback to carry what was said; a step that does not wait is made in the same turn. */
const breathMs = 4

/** Plays a script against a server, lets everything settle, and throws a `Violation` if a promise was broken. */
export async function play(script: Script, on: Omit<Place, "ledger">): Promise<void> {
  const ledger = new Ledger(on.tongue.acknowledges)
  const place: Place = { ...on, ledger }
  const people = await Promise.all(
    Array.from({ length: script.people }, (_, index) => Speaker.join(index, place)),
  )
  try {
    for (const person of people) person.connect()
    await everyone(people)
    for (const step of script.steps) {
      take(step, people)
      if (step.waits) await Bun.sleep(breathMs)
    }
    await comeBack(people)
    ledger.checkNothingLost()
    await takeLeave(people, ledger)
  } finally {
    for (const person of people) person.stop()
  }
}

function take(step: Step, people: readonly Speaker[]): void {
  const person = at(people, step.who)
  switch (step.does) {
    case "connect":
      return person.connect(step.aim)
    case "say":
      return person.say(at(people, step.whom))
    case "block":
      return person.block(at(people, step.whom))
    case "unblock":
      return person.unblock(at(people, step.whom))
    case "ack":
      return person.ack()
    case "repeat":
      return person.repeat()
    case "leave":
      return person.leave()
    case "cut":
      return person.cut(step.how)
    default:
      return step satisfies never
  }
}

/** The network is well again: everyone resumes, says what was not answered, and acknowledges all. */
async function comeBack(people: readonly Speaker[]): Promise<void> {
  for (const person of people) person.connect(undefined, true)
  await everyone(people)
  await everyone(people)
  for (const person of people) person.ack()
  await everyone(people)
  await everyone(people)
}

/** One after the other ends their session; those who stay hear what was never taken. */
async function takeLeave(people: readonly Speaker[], ledger: Ledger): Promise<void> {
  const gone = new Set<number>()
  for (const person of people) {
    await person.left()
    gone.add(person.index)
    await everyone(people.filter(({ index }) => !gone.has(index)))
    ledger.checkNothingLost(gone)
  }
}

async function everyone(people: readonly Speaker[]): Promise<void> {
  await Promise.all(people.map((person) => person.settled()))
}

function at(people: readonly Speaker[], index: number): Speaker {
  const person = people[index]
  if (person === undefined) throw new Violation(`nobody is number ${index}`)
  return person
}
