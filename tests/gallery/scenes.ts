import { parts } from "../../views/samples/parts.ts"
import { assets } from "../views/samples.ts"
import { played } from "./played.ts"
import type { Scene } from "./scene.ts"

/** States of `/dev/views` with a picture of their own; the others are only checked. */
const pictured = new Set([
  "door-fresh",
  "door-refused",
  "door-stray",
  "door-continue-as",
  "error-page-nobody",
  "programs-all",
  "people-list-thousand",
  "people-list-nobody",
  "people-list-awkward-names",
  "message-awkward",
  "message-code",
  "message-emoji-alone",
  "message-addresses",
  "message-progress",
  "peer-header-blocked",
  "peer-header-left",
  "peer-header-right-to-left",
  "me-menu-some-blocked",
  "connection-bar-restarted",
  "toasts-three",
  "composer-too-long",
  "message-earlier-let-go",
  "conversation-list-usual",
  "finding-nobody",
  "finding-many",
])

/** Every state of `/dev/views`. */
export const shown: readonly Scene[] = parts(assets).flatMap((part) =>
  part.states.map((state) => ({
    name: `${part.name}-${state.name}`,
    pictured: pictured.has(`${part.name}-${state.name}`),
    async play({ page, url }) {
      await page.goto(`${url}/dev/views/${part.name}/${state.name}`)
      if ("screen" in state) await page.locator("body[data-ready]").waitFor()
    },
  })),
)

/** All scenes, for pictures and checks. */
export const scenes: readonly Scene[] = [...played, ...shown]
