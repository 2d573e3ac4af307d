import { expect, test } from "bun:test"
import { join } from "node:path"
import { isKey as clientTakes, newKey } from "../../client/key.ts"
import { buildClient } from "../../scripts/client.ts"
import { isKey as serverTakes } from "../../src/web/http/pages/identity.ts"

const root = join(import.meta.dir, "../..")
const read = (file: string) => Bun.file(join(root, file)).text()

test("the client accepts the same keys as the server", () => {
  const key = newKey()
  const others = [
    key.slice(1),
    `${key}A`,
    `${key.slice(0, 42)}B`,
    `${key.slice(0, 42)}=`,
    `.${key.slice(1)}`,
    `${key}\n`,
  ]
  for (const takes of [clientTakes, serverTakes]) {
    expect(takes(key)).toBe(true)
    expect(others.filter(takes)).toEqual([])
  }
})

test("the built client and its declarations import nothing", async () => {
  await buildClient()
  for (const file of ["client/built/index.js", "client/built/index.d.ts"]) {
    const foreign = (await read(file))
      .split("\n")
      .filter((line) => /^\s*(import\b|export\b.*\bfrom\b)/.test(line))
    expect([file, foreign]).toEqual([file, []])
  }
})
