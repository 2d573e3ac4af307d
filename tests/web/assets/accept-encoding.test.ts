import { expect, test } from "bun:test"
import { bestEncoding, encodings } from "../../../src/web/assets/accept-encoding.ts"

const best = (header: string) => bestEncoding(header, encodings)

test("the smaller encoding is chosen where both are accepted", () => {
  expect(best("gzip, deflate, br, zstd")).toBe("br")
  expect(best("*")).toBe("br")
})

test("weights are respected, and an encoding that is not accepted is never chosen", () => {
  expect(best("br;q=0.5, gzip;q=0.8")).toBe("gzip")
  expect(best("br;q=0, *;q=0.1")).toBe("gzip")
  expect(best("gzip, BR ; Q=0.9")).toBe("gzip")
  expect(best("deflate")).toBeUndefined()
  expect(best("gzip;q=0")).toBeUndefined()
  expect(best("")).toBeUndefined()
  expect(best("br;q=loud")).toBeUndefined()
})
