import { expect, test } from "bun:test"
import { describeFailure } from "../../src/store/failure.ts"
import { PostgresPresenceStore } from "../../src/store/postgres-store.ts"

test("a failure is told by its code and message, in one line", () => {
  const refused = Object.assign(new Error("connect failed\n  at 127.0.0.1"), { code: "ECONNREFUSED" })
  expect(describeFailure(refused)).toBe("ECONNREFUSED: connect failed at 127.0.0.1")
  expect(describeFailure("text")).toBe("unknown failure")
  expect(describeFailure(new Error("x".repeat(1000)))).toHaveLength(200)
})

test("a password is told to nobody, also when it is why the URL cannot be read", async () => {
  for (const url of [
    "postgres://duet:secret@localhost:wrong/duet",
    "postgres://duet:sec/ret@local host:x/",
  ]) {
    const store = new PostgresPresenceStore({ at: { url }, nodeId: crypto.randomUUID(), leaseSeconds: 30 })
    const failure = await store.open().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(describeFailure(failure)).not.toMatch(/sec\/?ret/)
  }
})
