import { expect, test } from "bun:test"
import { accessibility } from "../../gallery/accessibility.ts"
import { played } from "../../gallery/played.ts"

const check = accessibility()

for (const scene of played) {
  test(`${scene.name}: nothing is found by axe, too small for a finger, or out of reach at 400%`, async () => {
    expect(await check(scene)).toEqual({ desktop: [], phone: [] })
  })
}
