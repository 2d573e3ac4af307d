import { afterEach, expect, test } from "bun:test"
import { ClassicClient } from "../../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../../support/duet.ts"
import { until } from "../../support/until.ts"

let duet: RunningDuet | undefined

afterEach(async () => {
  await duet?.stop()
})

test("newcomers are refused with 503 while no memory is left, and let in when there is (C19)", async () => {
  duet = await startDuet({ LOG_LEVEL: "error", MEMORY_BUDGET: "20000" })
  const { url } = duet
  const knock = () => fetch(`${url}/ws/x`, { headers: { upgrade: "websocket", connection: "Upgrade" } })
  const people = [await ClassicClient.join(url, "anna"), await ClassicClient.join(url, "ben")]
  people.push(await ClassicClient.join(url, "cleo"))
  await until("a refusal", async () => (await knock()).status === 503)
  expect((await knock()).headers.get("retry-after")).not.toBeNull()
  people[0]?.close()
  await until("room", async () => (await knock()).status !== 503)
})
