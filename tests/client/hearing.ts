import { connect, type Duet, type DuetEvents, type Message } from "../../client/index.ts"
import { until } from "../support/until.ts"

/** The next event of this kind that fits. */
export function next<K extends keyof DuetEvents>(
  duet: Duet,
  type: K,
  fits: (event: DuetEvents[K]) => boolean = () => true,
): Promise<DuetEvents[K]> {
  return new Promise((resolve) => {
    const stop = duet.on(type, (event) => {
      if (!fits(event)) return
      stop()
      resolve(event)
    })
  })
}

/** A client that has joined, with every message that it received. */
export async function joined(url: string, name: string): Promise<Duet & { readonly messages: Message[] }> {
  const messages: Message[] = []
  const duet = connect({ url, name })
  duet.on("message", (message) => messages.push(message))
  await duet.ready
  return Object.assign(duet, { messages })
}

/** The id of somebody online. */
export function idOf(duet: Duet, name: string): Promise<string> {
  return until(`${name} is online`, () => duet.people.list.find((person) => person.name === name)?.id)
}
