import { expect, test } from "bun:test"
import { Directory } from "../../../src/chat/presence/directory.ts"
import { readConfig } from "../../../src/config.ts"
import { Admission } from "../../../src/web/limits/admission.ts"
import { Descriptors } from "../../../src/web/limits/descriptors.ts"
import { maxWaiting } from "../../../src/web/limits/page-turns.ts"

/** The admission of a server with this many people online, for requests from one public address; time stands still. */
function createAdmission(online: number) {
  class Crowd extends Directory {
    override get online(): number {
      return online
    }
  }
  return new Admission({
    context: {
      config: readConfig({}),
      directory: new Crowd(),
      log: () => {},
      companion: { id: "echo", name: "Echo", key: "its key" },
      memory: { exhausted: false },
    },
    descriptors: new Descriptors(1000, () => 1000),
    assets: { prefix: "/assets/0", files: new Map() },
    now: () => 0,
    peerOf: () => "203.0.113.5",
    openSockets: () => 0,
  })
}

const request = new Request("http://localhost/users?q=anna")

/** How many searches are admitted before one is refused. */
async function countSearches(admission: Admission): Promise<number> {
  for (let count = 0; ; count++) {
    if (admission.request(request) !== undefined) return count
    if ((await admission.search(request)) !== undefined) return count
  }
}

test("a search costs more of an address's rate when more people are online", async () => {
  expect(await countSearches(createAdmission(0))).toBe(200)
  expect(await countSearches(createAdmission(20_000))).toBe(100)
  expect(await countSearches(createAdmission(180_000))).toBe(20)
})

test("a search waits for its turn with the pages, and is refused when too many wait", async () => {
  const admission = createAdmission(0)
  const order: string[] = []
  const page = admission.turns.next().then(() => order.push("page"))
  const search = admission.search(request).then(() => order.push("search"))
  setImmediate(() => order.push("a socket"))
  await Promise.all([page, search])
  expect(order).toEqual(["page", "a socket", "search"])
  const waiting = Array.from({ length: maxWaiting }, () => admission.turns.next())
  expect(await admission.search(request)).toMatchObject({ status: 503, code: "overloaded" })
  await Promise.all(waiting)
})
