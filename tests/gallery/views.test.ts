import { expect, test } from "bun:test"
import { accessibility } from "./accessibility.ts"
import { shown } from "./scenes.ts"

const { atADesk, onAPhone } = accessibility()

for (const scene of shown) {
  test(`${scene.name}: nothing is found by axe, too small for a finger, or out of reach at 400%`, async () => {
    // At once: nobody is behind these, who would be seen by the other.
    const [desktop, phone] = await Promise.all([atADesk(scene), onAPhone(scene)])
    expect({ desktop, phone }).toEqual({ desktop: [], phone: [] })
  })
}
