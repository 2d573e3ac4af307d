import { expect, test } from "bun:test"
import { accessibility } from "./accessibility.ts"
import { shown } from "./scenes.ts"

const check = accessibility()

for (const scene of shown) {
  test(`${scene.name}: nothing is found by axe, too small for a finger, or out of reach at 400%`, async () => {
    expect(await check(scene)).toEqual({ desktop: [], phone: [] })
  })
}
