import { expect, test } from "bun:test"
import { Directory } from "../../../src/chat/presence/directory.ts"
import type { Member } from "../../../src/chat/presence/member.ts"
import { named, type Search, searchPeople } from "../../../src/chat/presence/people-search.ts"
import { createStage } from "../../support/stage.ts"

const { join, flush, directory } = createStage()
const names = ["Natalie", "Tall Alder", "Alma", "Zoë", "ALICE", "straße", "Al"]
const people = new Map(names.map((name) => [name, join(name)]))
flush()

const everybody = [...people.values()]
  .map(({ id }) => directory.find(id))
  .filter((member) => member !== undefined)

function found(more: Partial<Search>, members: readonly Member[] = everybody) {
  return searchPeople(members, { query: "", limit: 50, after: 0, except: new Set(), ...more })
}

function namesFound(query: string): string[] {
  return found({ query }).members.map(({ name }) => name)
}

test("names that begin with the query, or have a word that does, come before those that hold it", () => {
  expect(namesFound("al")).toEqual(["Tall Alder", "Alma", "ALICE", "Al", "Natalie"])
})

test("neither case nor accents nor the spaces around a query keep a name from being found", () => {
  expect(namesFound(" zoe ")).toEqual(["Zoë"])
  expect(namesFound("ZOË")).toEqual(["Zoë"])
  expect(namesFound("STRASSE")).toEqual(["straße"])
  expect(namesFound("alice")).toEqual(["ALICE"])
})

test("the directory's pages, in order of arrival, go by the letters in any case and forgive no accents", () => {
  expect(directory.page("zoe", 50).members).toEqual([])
  expect(directory.page("ZOË", 50).members.map(({ name }) => name)).toEqual(["Zoë"])
  expect(directory.page("AL", 50).members.map(({ name }) => name)).toEqual([
    "Natalie",
    "Tall Alder",
    "Alma",
    "ALICE",
    "Al",
  ])
})

test("pages hold everybody once, in the order of the whole", () => {
  const pages: string[][] = []
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page = found({ query: "al", limit: 2, after })
    expect(page.total).toBe(5)
    pages.push(page.members.map(({ name }) => name))
    after = page.next
  }
  expect(pages).toEqual([["Tall Alder", "Alma"], ["ALICE", "Al"], ["Natalie"]])
})

test("who is left out is not counted either", () => {
  const except = new Set([people.get("Alma")?.id ?? "", people.get("Natalie")?.id ?? ""])
  expect(found({ query: "al", except })).toMatchObject({ total: 3, next: undefined })
})

test("an empty query finds everybody, a strange one nobody, and who is offline is not found", () => {
  expect(found({}).total).toBe(names.length)
  expect(found({ query: "zaphod" })).toEqual({ members: [], total: 0, next: undefined })
  const offline = everybody.map((member) => ({ ...member, online: false }))
  expect(found({}, offline).total).toBe(0)
})

test("who goes by a new name is found by it, and no more by the old one", () => {
  const [member] = everybody
  if (member === undefined) throw new Error("Nobody is here.")
  const renamed = { ...member }
  expect(found({ query: "nata" }, [renamed]).total).toBe(1)
  Object.assign(renamed, named("Berta"))
  expect(found({ query: "nata" }, [renamed]).total).toBe(0)
  expect(found({ query: "bert" }, [renamed]).total).toBe(1)
})

test("a page of everybody looks at those it shows alone, and its cursors lead to each once", () => {
  const many = new Directory()
  let looks = 0
  for (let i = 0; i < 2000; i++) {
    const name = `person ${i}`
    const [member] = everybody
    if (member === undefined) throw new Error("nobody is here")
    const one = { ...member, ...named(name), id: name, order: many.nextOrder() }
    const isOnline = i % 2 === 0
    many.add(one)
    if (!isOnline) many.setOnline(one, false)
    Object.defineProperty(one, "online", { get: () => looks++ >= 0 && isOnline })
  }
  const shown: string[] = []
  for (let after: number | undefined = 0; after !== undefined; ) {
    looks = 0
    const { members, total, next } = many.page("", 200, after)
    expect(total).toBe(1000)
    expect(looks).toBeLessThan(500)
    shown.push(...members.map(({ id }) => id))
    after = next
  }
  expect(shown).toEqual(Array.from({ length: 1000 }, (_, i) => `person ${2 * i}`))
})
