import { afterAll, beforeAll, expect, test } from "bun:test"
import { ClassicClient } from "../support/classic-client.ts"
import { type RunningDuet, startDuet } from "../support/duet.ts"
import { findEcho } from "../support/echo.ts"
import { until } from "../support/until.ts"

let duet: RunningDuet
let echo: string

beforeAll(async () => {
  duet = await startDuet()
  echo = await findEcho(duet.url)
})

afterAll(() => duet.stop())

test("Echo greets once and repeats what it hears, in order", async () => {
  const anna = await ClassicClient.join(duet.url, "anna")
  for (const words of ["one", "two", "three"]) anna.say(echo, words)
  await anna.until(() => anna.saidBy(echo).includes("three"))
  expect(anna.saidBy(echo)).toEqual([expect.stringContaining("I am Echo"), "one", "two", "three"])
  anna.close()
})

test("no list names Echo, no count includes it, and no search finds it", async () => {
  const anna = await ClassicClient.join(duet.url, "anna")
  await anna.until(() => anna.listed.includes("anna"))
  expect(anna.listed).toEqual(["anna"])
  const json = async (path: string) => await (await fetch(`${duet.url}${path}`)).json()
  expect(await json("/")).toMatchObject({ online: 1 })
  expect(await json("/users?q=echo")).toMatchObject({ users: [], total: 0 })
  expect((await fetch(`${duet.url}/users/${echo}`)).status).toBe(404)
  anna.close()
})

test("the limits of others neither silence Echo nor count it", async () => {
  const narrow = await startDuet({
    MAX_USERS: "1",
    CONNECTIONS_PER_IP: "1",
    CONNECT_BURST: "1",
    LIMIT_PRIVATE: "1",
    MESSAGE_RATE: "1",
    MESSAGE_BURST: "1",
  })
  try {
    const itsEcho = await findEcho(narrow.url)
    const anna = await joinWhenThereIsRoom(narrow.url)
    anna.say(itsEcho, "are you there?")
    await anna.until(() => anna.saidBy(itsEcho).includes("are you there?"))
    anna.close()
  } finally {
    await narrow.stop()
  }
})

/** The request that looked for Echo used up the limit of connections for a moment. */
function joinWhenThereIsRoom(url: string): Promise<ClassicClient> {
  return until("there is room", () => ClassicClient.join(url, "anna").catch(() => undefined))
}
