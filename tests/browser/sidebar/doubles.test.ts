import { expect, test } from "bun:test"
import { markOf } from "../../../views/sidebar/identity.ts"
import { V1Client } from "../../support/v1-client.ts"
import { stage } from "../stage.ts"
import { eventually, type Visitor } from "../visitor.ts"

const scene = stage()

/** All marks that a page shows, by the place that they stand in. */
async function marks({ page }: Visitor): Promise<Record<string, string[]>> {
  const places = { header: ".peer", beginning: ".beginning", talks: "#conversations", people: "#people" }
  const found: Record<string, string[]> = {}
  for (const [place, within] of Object.entries(places))
    found[place] = await page.locator(`${within} .mark`).allTextContents()
  return found
}

test("while two who look alike are online a page shows their marks in every place, and none once one has gone (C58)", async () => {
  const alma = await (await scene.arrive()).join("Alma")
  const jonas = await V1Client.join(scene.url, "Jonas")
  await alma.open("Jonas")
  jonas.say(alma.id, "hello")
  await alma.line("hello").waitFor()
  const none = { header: [], beginning: [], talks: [], people: [] }
  expect(await marks(alma)).toEqual(none)

  const other = await V1Client.join(scene.url, "Jοnas")
  const [mark, another] = [markOf(jonas.id), markOf(other.id)]
  const all = { header: [mark], beginning: [mark], talks: [mark], people: [mark, another] }
  await eventually(async () => Bun.deepEquals(await marks(alma), all), "both are told apart everywhere")
  expect(await alma.row("Jonas").getAttribute("aria-description")).toBe(`online, mark ${mark}`)

  other.send({ type: "leave" })
  await eventually(async () => Bun.deepEquals(await marks(alma), none), "no mark is needed any more")
  jonas.send({ type: "leave" })
})
