import { expect, test } from "bun:test"
import { Emitter } from "../../client/emitter.ts"

interface Events {
  word: string
  number: number
}

test("listeners hear their type of event, in the order in which they were added, until they stop", () => {
  const events = new Emitter<Events>()
  const heard: unknown[] = []
  const stop = events.on("word", (word) => heard.push(word))
  events.on("word", (word) => heard.push(`${word} too`))
  events.emit("word", "one")
  events.emit("number", 1)
  stop()
  events.emit("word", "two")
  expect(heard).toEqual(["one", "one too", "two too"])
})

test("a listener that throws is reported, and disturbs neither the other listeners nor the emitter", () => {
  const reported: unknown[] = []
  const events = new Emitter<Events>((error) => reported.push(error))
  const heard: string[] = []
  const own = new Error("a listener's own")
  events.on("word", () => {
    throw own
  })
  events.on("word", (word) => heard.push(word))
  events.emit("word", "one")
  expect(heard).toEqual(["one"])
  expect(reported).toEqual([own])
})
