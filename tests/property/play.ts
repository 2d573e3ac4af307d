import { Ledger, Violation } from "./ledger.ts"
import type { Cast, Person } from "./person.ts"
import { calm, type Script, type Step } from "./script.ts"

/** Long enough for a loopback to carry what was said; a step that does not wait is made in the same turn. */
const breathMs = 4

/** Has a script played, lets everything settle, and throws a `Violation` if a promise was broken. */
export async function play(script: Script, cast: Cast): Promise<void> {
  const ledger = new Ledger(cast.acknowledges)
  const people = await Promise.all(
    Array.from({ length: script.people }, (_, index) => cast.join(index, ledger)),
  )
  try {
    for (const person of people) person.connect(calm)
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

function take(step: Step, people: readonly Person[]): void {
  const person = at(people, step.who)
  switch (step.does) {
    case "connect":
      return person.connect(step.weather)
    case "say":
      return person.say(at(people, step.whom))
    case "type":
      return person.type(at(people, step.whom))
    case "block":
      return person.block(at(people, step.whom))
    case "unblock":
      return person.unblock(at(people, step.whom))
    case "ack":
      return person.ack()
    case "repeat":
      return person.repeat()
    case "unsend":
      return person.unsend()
    case "stall":
      return person.network.stall(step.way)
    case "flow":
      return person.network.flow()
    case "leave":
      return person.leave()
    case "cut":
      return person.network.cut(step.how)
    default:
      return step satisfies never
  }
}

/** The network is well again: everyone resumes, says what was not answered, and acknowledges all. */
async function comeBack(people: readonly Person[]): Promise<void> {
  for (const person of people) person.connect(calm, true)
  await everyone(people)
  await everyone(people)
  for (const person of people) person.ack()
  await everyone(people)
  await everyone(people)
}

/** One after the other ends their session; those who stay hear what was never taken. */
async function takeLeave(people: readonly Person[], ledger: Ledger): Promise<void> {
  const gone = new Set<number>()
  for (const person of people) {
    await person.left()
    gone.add(person.index)
    await everyone(people.filter(({ index }) => !gone.has(index)))
    ledger.checkNothingLost(gone)
  }
}

async function everyone(people: readonly Person[]): Promise<void> {
  await Promise.all(people.map((person) => person.settled()))
}

function at(people: readonly Person[], index: number): Person {
  const person = people[index]
  if (person === undefined) throw new Violation(`nobody is number ${index}`)
  return person
}
