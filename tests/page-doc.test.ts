import { expect, test } from "bun:test"
import { join } from "node:path"

const root = join(import.meta.dir, "..")
const page = await Bun.file(join(root, "docs/page.md")).text()

/** A line of docs/page.md: a promise of the page, its test and its picture. */
const lines = [...page.matchAll(/^\| (.+?) \| `(tests\/[^`]+\.test\.ts)` › (.+?) \| (\S+) \|$/gmu)].map(
  ([, what = "", file = "", title = "", shot = ""]) => ({ what, file, title, shot }),
)

test("the test reads all promises of the page", () => {
  expect(lines.length).toBeGreaterThanOrEqual(70)
  expect(lines).toHaveLength(page.split(" › ").length - 1)
})

test("each promise of the page names a test that exists", async () => {
  const missing: string[] = []
  for (const { what, file, title } of lines) {
    const source = Bun.file(join(root, file))
    if (!(await source.exists()) || !(await source.text()).includes(title)) missing.push(`${what}: ${title}`)
  }
  expect(missing).toEqual([])
})

test("each promise of the page names a picture that exists for phone and desktop, in both themes", async () => {
  const missing: string[] = []
  for (const name of new Set(lines.map(({ shot }) => shot))) {
    for (const look of ["phone-light", "phone-dark", "desktop-light", "desktop-dark"]) {
      const file = `docs/shots/${name}-${look}.jpg`
      if (!(await Bun.file(join(root, file)).exists())) missing.push(file)
    }
  }
  expect(missing).toEqual([])
})
