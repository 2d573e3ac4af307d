import { afterEach, beforeEach, expect, test } from "bun:test"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Product, produce } from "../scripts/product.ts"

let root: string
let made: number

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "duet-build-"))
  made = 0
  await Bun.write(join(root, "words.txt"), "one")
})

afterEach(() => rm(root, { recursive: true }))

const shouted: Product = {
  output: "built/words.txt",
  inputs: ["words.txt"],
  make: async (path) => {
    made++
    await Bun.write(path, (await Bun.file(join(root, "words.txt")).text()).toUpperCase())
  },
}
const result = () => Bun.file(join(root, shouted.output)).text()

test("a file that is up to date is not built again", async () => {
  expect(await produce(root, shouted)).toBe(true)
  expect(await produce(root, shouted)).toBe(false)
  expect(made).toBe(1)
  expect(await result()).toBe("ONE")
})

test("a changed source is built again", async () => {
  await produce(root, shouted)
  await Bun.write(join(root, "words.txt"), "two")
  expect(await produce(root, shouted)).toBe(true)
  expect(await result()).toBe("TWO")
})

test("a built file that was damaged or removed is built again", async () => {
  await produce(root, shouted)
  await Bun.write(join(root, shouted.output), "ON")
  expect(await produce(root, shouted)).toBe(true)
  await rm(join(root, shouted.output))
  expect(await produce(root, shouted)).toBe(true)
  expect(await result()).toBe("ONE")
})

test("a build that fails keeps the last built file, and leaves no partial one", async () => {
  await produce(root, shouted)
  await Bun.write(join(root, "words.txt"), "two")
  const broken: Product = {
    ...shouted,
    make: async (path) => {
      await Bun.write(path, "TW")
      throw new Error("no room")
    },
  }
  await expect(produce(root, broken)).rejects.toThrow("no room")
  expect(await result()).toBe("ONE")
  expect(await readdir(join(root, "built"))).toEqual(["words.txt"])
})

test("concurrent builds leave one whole file", async () => {
  const builds = await Promise.all(Array.from({ length: 8 }, () => produce(root, shouted)))
  expect(builds).toContain(true)
  expect(await result()).toBe("ONE")
  expect(await readdir(join(root, "built"))).toEqual(["words.txt"])
  expect(await produce(root, shouted)).toBe(false)
})
