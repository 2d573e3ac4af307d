import { expect, test } from "bun:test"
import { join } from "node:path"
import { FormatRegistry } from "@sinclair/typebox"
import { Value } from "@sinclair/typebox/value"
import { classicClientFrames, classicServerFrames } from "../../src/wire/classic.ts"
import { closings, protocolCloseCodes } from "../../src/wire/close-codes.ts"
import { clientFrames, serverFrames } from "../../src/wire/duet-v1.ts"
import { errorCodes, requestErrorCodes } from "../../src/wire/error-codes.ts"
import type { Frames } from "../../src/wire/schema.ts"

const page = await Bun.file(join(import.meta.dir, "../../docs/protocol.md")).text()

FormatRegistry.Set("date-time", (text) => new Date(text).toJSON() === text)

test("docs/protocol.md lists every frame of a client with the fields of its schema", () => {
  expect(fieldsIn("#### Client to server")).toEqual(fieldsOf(clientFrames))
})

test("docs/protocol.md lists every frame of the server with the fields of its schema", () => {
  expect(fieldsIn("#### Server to client")).toEqual(fieldsOf(serverFrames))
})

test("docs/protocol.md shows every frame of the classic protocol, in the form of its schema", () => {
  const shown = examplesIn("### The classic protocol")
  const known = { ...classicServerFrames, ...classicClientFrames }
  const fits = ({ type, ...fields }: Shown, frames: Frames) => {
    const schema = frames[type]
    return schema !== undefined && Value.Check(schema, { type, ...fields })
  }
  expect(
    shown.filter((frame) => !fits(frame, classicServerFrames) && !fits(frame, classicClientFrames)),
  ).toEqual([])
  expect(new Set(shown.map(({ type }) => type))).toEqual(new Set(Object.keys(known)))
  expect(shown).toHaveLength(
    Object.keys(classicServerFrames).length + Object.keys(classicClientFrames).length,
  )
})

test("docs/protocol.md shows the first frame of `duet.v1` in the form of its schema", () => {
  const [first] = examplesIn("### `duet.v1`")
  expect([...Value.Errors(serverFrames.connection_established, first)]).toEqual([])
})

test("docs/protocol.md lists every error code", () => {
  expect(codesIn("### Error codes")).toEqual([...errorCodes])
})

test("docs/protocol.md lists every code of a refused request", () => {
  expect(codesIn("### Codes of refused requests").sort()).toEqual([...requestErrorCodes].sort())
})

test("docs/protocol.md lists every close code", () => {
  const codes = [...Object.values(protocolCloseCodes), ...Object.values(closings).map(({ code }) => code)]
  expect(codesIn("### Close codes").map(Number)).toEqual([...new Set<number>(codes)].sort((a, b) => a - b))
})

interface Shown {
  readonly type: string
}

/** What stands below a heading, up to the next one of its rank or above. */
function sectionOf(heading: string): string {
  const rank = heading.split(" ")[0]?.length ?? 0
  const after = page.split(`\n${heading}\n`)[1]
  if (after === undefined) throw new Error(`docs/protocol.md has no section ${heading}`)
  return after.split(new RegExp(`^#{1,${rank}} `, "m"))[0] ?? ""
}

/** The fields that a table gives to each type, `?` after those that may be left out. */
function fieldsIn(heading: string): Record<string, string[]> {
  const rows = [...sectionOf(heading).matchAll(/^\| `(\w+)` \|([^|]*)\|/gm)]
  return Object.fromEntries(
    rows.map(([, type, fields = ""]) => [
      type,
      [...fields.matchAll(/`(\w+)`(\??)/g)].map(([, name, mark]) => `${name}${mark}`).sort(),
    ]),
  )
}

function fieldsOf(frames: Frames): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(frames).map(([type, { properties, required = [] }]) => [
      type,
      Object.keys(properties)
        .filter((name) => name !== "type")
        .map((name) => (required.includes(name) ? name : `${name}?`))
        .sort(),
    ]),
  )
}

/** Frames in JSON, one after the other; a line that begins one begins with its brace. */
function examplesIn(heading: string): Shown[] {
  const blocks = [...sectionOf(heading).matchAll(/^```json\n(.+?)^```/gms)].map(([, block = ""]) => block)
  return blocks.flatMap((block) => block.split(/\n(?=\{)/)).map((frame) => JSON.parse(frame))
}

function codesIn(heading: string): string[] {
  return [...sectionOf(heading).matchAll(/^\| `?(\w+)`? \|/gm)]
    .map(([, code = ""]) => code)
    .filter((code) => code !== "code")
}
