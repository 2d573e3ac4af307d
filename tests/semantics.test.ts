import { expect, test } from "bun:test"

/** A guarantee of docs/semantics.md with its tests. */
interface Guarantee {
  readonly number: string
  readonly proofs: readonly { readonly file: string; readonly name: string }[]
}

const page = await Bun.file(`${import.meta.dir}/../docs/semantics.md`).text()
const guarantees = read(page)

test("the test reads all guarantees", () => {
  expect(guarantees.length).toBeGreaterThanOrEqual(28)
  expect(guarantees.flatMap(({ proofs }) => proofs)).toHaveLength(page.split(" › ").length - 1)
})

test("guarantees are numbered one after the other within their section", () => {
  const next = new Map<string, number>()
  for (const { number } of guarantees) {
    const section = number.slice(0, 1)
    const due = (next.get(section) ?? 0) + 1
    expect(number).toBe(`${section}${due}`)
    next.set(section, due)
  }
})

test("every guarantee names a test, and every test it names exists in the file it names", async () => {
  const missing: string[] = []
  for (const { number, proofs } of guarantees) {
    if (proofs.length === 0) missing.push(`${number} names no test`)
    for (const { file, name } of proofs) {
      const titles = await titlesIn(file)
      if (!titles.some((title) => title === name || isNumbered(title, name, number))) {
        missing.push(`${number}: ${file} › ${name}`)
      }
    }
  }
  expect(missing).toEqual([])
})

function read(text: string): Guarantee[] {
  return text
    .split(/^(?=\*\*[A-Z]\d+\.\*\*)/m)
    .slice(1)
    .map((part) => ({
      number: part.match(/^\*\*([A-Z]\d+)\./)?.[1] ?? "",
      proofs: [...part.matchAll(/^- `(tests\/[^`]+\.test\.ts)` › (.+)$/gm)].map(([, file, name]) => ({
        file: file ?? "",
        name: name ?? "",
      })),
    }))
}

/** The titles of a file's tests, none when there is no such file. */
async function titlesIn(path: string): Promise<string[]> {
  const file = Bun.file(`${import.meta.dir}/../${path}`)
  if (!(await file.exists())) return []
  return [...(await file.text()).matchAll(/\btest(?:\.skipIf\([^\n]*\))?\(\s*"((?:[^"\\]|\\.)*)"/g)].map(
    ([, title]) => title ?? "",
  )
}

/** A test's title may end in the numbers of what it proves: "… (A1)", "… (A1, C3)". */
function isNumbered(title: string, name: string, number: string): boolean {
  if (!title.startsWith(`${name} (`) || !title.endsWith(")")) return false
  return title
    .slice(name.length + 2, -1)
    .split(", ")
    .includes(number)
}
