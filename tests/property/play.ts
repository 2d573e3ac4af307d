import { Ledger } from "./ledger.ts"
import type { Cast, Person } from "./person.ts"
import { Violation } from "./saying.ts"
import { calm, type Script, type Step } from "./script.ts"
import type { Server } from "./server.ts"
import { checkEverywhere, checkNothingLost, checkTakenBack, checkTyping } from "./settled.ts"

/** Long enough for a loopback to carry what was said; a step that does not wait is made in the same turn. */
const breathMs = 4

/** The server's timer is to ring before anybody comes back, most of the time. */
const afterWindowMs = 100

/** Has a script played, lets everything settle, and throws a `Violation` if a promise was broken. */
export async function play(script: Script, cast: Cast): Promise<void> {
  const ledger = new Ledger(cast.acknowledges)
  const people = await Promise.all(
    Array.from({ length: script.people }, (_, index) => cast.join(index, ledger)),
  )
  try {
    for (const person of people) person.connect(0, calm)
    await everyone(people)
    for (const step of withinPatience(script.steps)) {
      await take(step, people, cast.server)
      if (step.waits) await Bun.sleep(breathMs)
    }
    await comeBack(people)
    checkNothingLost(ledger)
    if (cast.server.holdsAll) {
      checkEverywhere(ledger, people)
      checkTakenBack(ledger, people)
    }
    if (cast.tellsAllTyping) await typeToAll(people, ledger)
    await takeLeave(people, ledger)
  } finally {
    for (const person of people) person.stop()
  }
}

/** A script waits for one window. */
function withinPatience(steps: readonly Step[]): readonly Step[] {
  const first = steps.find(({ does }) => does === "let the window pass")
  return steps.filter((step) => step.does !== "let the window pass" || step === first)
}

async function take(step: Step, people: readonly Person[], server: Server): Promise<void> {
  if (step.does === "let the window pass") return Bun.sleep(server.windowMs + afterWindowMs)
  if (step.does === "set the clock") return server.clock.setBy(step.byMs)
  act(step, people)
}

type Act = Exclude<Step, { does: "let the window pass" | "set the clock" }>

function act(step: Act, people: readonly Person[]): void {
  const person = at(people, step.who)
  const { device } = step
  switch (step.does) {
    case "connect":
      return person.connect(device, step.weather)
    case "say":
      return person.say(device, at(people, step.whom))
    case "type":
      return person.type(device, at(people, step.whom))
    case "block":
      return person.block(device, at(people, step.whom))
    case "unblock":
      return person.unblock(device, at(people, step.whom))
    case "ack":
      return person.ack(device)
    case "repeat":
      return person.repeat(device)
    case "unsend":
      return person.unsend(device)
    case "stall":
      return person.stall(device, step.way)
    case "flow":
      return person.flow(device)
    case "leave":
      return person.leave(device)
    case "cut":
      return person.cut(device, step.how)
    case "vanish":
      return person.vanish()
    default:
      return step satisfies never
  }
}

/** The network is well again: everyone resumes, says what was not answered, and acknowledges all. */
async function comeBack(people: readonly Person[]): Promise<void> {
  for (const person of people) person.comeBack()
  await everyone(people)
  await everyone(people)
  for (const person of people) person.ack(0)
  await everyone(people)
  await everyone(people)
}

async function typeToAll(people: readonly Person[], ledger: Ledger): Promise<void> {
  for (const from of people) for (const to of people) if (from !== to) from.type(0, to)
  await everyone(people)
  await everyone(people)
  checkTyping(ledger, people)
}

/** One after the other ends their session; those who stay hear what was never taken. */
async function takeLeave(people: readonly Person[], ledger: Ledger): Promise<void> {
  const gone = new Set<number>()
  for (const person of people) {
    await person.left()
    gone.add(person.index)
    await everyone(people.filter(({ index }) => !gone.has(index)))
    checkNothingLost(ledger, gone)
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
