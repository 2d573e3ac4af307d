import { expect, test } from "bun:test"
import { readConfig } from "../../../src/config.ts"

const read = (ALLOWED_ORIGINS: string) => readConfig({ ALLOWED_ORIGINS }).ALLOWED_ORIGINS

test("origins are read as browsers write them (C45)", () => {
  expect(
    read(" https://App.example/, http://b.example:80,http://c.example:8080 ,capacitor://localhost"),
  ).toEqual(["https://app.example", "http://b.example", "http://c.example:8080", "capacitor://localhost"])
})

test("a malformed origin is refused at the start, with what is allowed (C45)", () => {
  for (const wrong of [
    "*",
    "app.example",
    "null",
    "https://app.example/chat",
    "https://a.example https://b.example",
  ])
    expect(() => read(wrong)).toThrow("it takes origins like https://app.example")
})
