import { ActorSystem, type Budget, type Ref } from "../../src/actor/index.ts"

/** How many messages two actors had exchanged when a timer rang, when an HTTP request was answered, and at the end. */
export interface Volley {
  readonly atTimer: number
  readonly atAnswer: number
  readonly atEnd: number
}

type Ball = { readonly type: "ball"; readonly back: Ref<Ball> }

/**
 * Lets two actors volley, starts a timer and a request to a real server once they do, and goes on until both are
 * done and some more volleys are played, or until `bound` messages.
 */
export async function volley(budget: Budget, bound: number): Promise<Volley> {
  const system = new ActorSystem({ budget })
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("here") })
  const first = Promise.withResolvers<void>()
  const end = Promise.withResolvers<number>()
  let count = 0
  let until = bound
  const player = () => ({
    receive({ back }: Ball): void {
      count++
      if (count === 1) start()
      if (count >= until) end.resolve(count)
      else back.tell(back === left ? toRight : toLeft)
    },
  })
  const left: Ref<Ball> = system.spawn(player)
  const right: Ref<Ball> = system.spawn(player)
  const toRight: Ball = { type: "ball", back: right }
  const toLeft: Ball = { type: "ball", back: left }

  let timer = Promise.resolve(0)
  let answer = Promise.resolve(0)
  function start(): void {
    timer = new Promise((resolve) => setTimeout(() => resolve(count), 5))
    answer = fetch(server.url)
      .then((response) => response.text())
      .then(() => count)
    first.resolve()
  }

  left.tell(toRight)
  await first.promise
  const [atTimer, atAnswer] = await Promise.all([timer, answer])
  until = Math.min(bound, count + 5000)
  const atEnd = await end.promise
  await server.stop(true)
  return { atTimer, atAnswer, atEnd }
}

if (import.meta.main) {
  const forever = Number.POSITIVE_INFINITY
  const none = { messagesPerTurn: forever, messagesPerDrain: forever, millisecondsPerDrain: forever }
  console.log(JSON.stringify(await volley(none, 500_000)))
}
