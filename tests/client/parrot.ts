import { expect } from "bun:test"
import type { RunningDuet } from "../support/duet.ts"
import type { TcpRelay } from "../support/tcp-relay.ts"
import { idOf, joined, next } from "./hearing.ts"

/** A program that repeats what it is told, for any platform; `client` is where it finds the client. */
export function parrot(client: string, url: string, name: string): string {
  return `
import { connect } from ${JSON.stringify(client)}
const duet = connect({ url: ${JSON.stringify(url)}, name: ${JSON.stringify(name)} })
duet.on("message", ({ mine, peerId, content }) => {
  if (!mine) void duet.say(peerId, "You said: " + content)
})
`
}

/** Talks with a parrot behind the relay and cuts its connection meanwhile. Each word comes back once. */
export async function talkThroughCuts(server: RunningDuet, relay: TcpRelay, parrot: string): Promise<void> {
  const anna = await joined(server.url, "anna")
  const id = await idOf(anna, parrot)
  let opened = 0
  relay.onLink = () => opened++
  for (const round of [1, 2]) {
    const answered = next(anna, "message", ({ content }) => content === `You said: ${round}.1`)
    await anna.say(id, `${round}.1`)
    await answered
    const last = next(anna, "message", ({ content }) => content === `You said: ${round}.3`)
    relay.cutAll("rst")
    await Promise.all([anna.say(id, `${round}.2`), anna.say(id, `${round}.3`)])
    await last
  }
  const answers = anna.messages.filter(({ mine }) => !mine).map(({ content }) => content)
  expect(answers).toEqual(["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"].map((word) => `You said: ${word}`))
  expect(opened).toBe(2)
  anna.close()
}
