import { afterEach } from "bun:test"
import { V1Client } from "../support/v1-client.ts"
import type { Stage } from "./stage.ts"

/** Lets programs join, by name; they leave after the test. */
export function robots(scene: Stage): (name: string) => Promise<V1Client> {
  const here: V1Client[] = []

  afterEach(() => {
    for (const robot of here.splice(0)) robot.send({ type: "leave" })
  })

  return async (name) => {
    const robot = await V1Client.join(scene.url, name)
    here.push(robot)
    return robot
  }
}
