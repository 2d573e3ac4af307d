/**
 * Measures a crowd that joins at once: the time until everybody's list is complete, and the bytes of lists sent until
 * then.
 *
 *   bun bench/crowd.ts [--people 400]
 */
import { parseArgs } from "node:util"
import { startContender } from "./contender.ts"

const { values } = parseArgs({ options: { people: { type: "string", default: "400" } } })
const people = Number(values.people)
const listed = Math.min(people, 200)

const duet = await startContender("duet", ["src/main.ts"], { LOG_LEVEL: "error" })
try {
  const start = performance.now()
  let bytes = 0
  let lists = 0
  const joined = Array.from({ length: people }, (_, i) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const socket = new WebSocket(`${duet.url}/ws/person${i}`)
    socket.onmessage = ({ data }) => {
      if (!data.startsWith('{"type":"user_list_update"')) return
      bytes += Buffer.byteLength(data)
      lists++
      const { users, total } = JSON.parse(data)
      if (total === people && users.length === listed) resolve()
    }
    return promise
  })
  await Promise.all(joined)
  const seconds = (performance.now() - start) / 1000
  const megabytes = (bytes / 1e6).toFixed(1)
  console.log(
    `${people} people: everybody's list is complete after ${seconds.toFixed(2)} s, ${lists} lists, ${megabytes} MB`,
  )
} finally {
  duet.stop()
}
process.exit()
