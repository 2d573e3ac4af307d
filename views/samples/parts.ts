import type { Assets } from "../model.ts"
import { doors } from "./doors.ts"
import { lists } from "./lists.ts"
import { notices } from "./notices.ts"
import { panes } from "./panes.ts"
import type { Part } from "./part.ts"
import { pieces } from "./pieces.ts"

/** Every view in every state: `/dev/views` shows them, pictures and checks go through them. Add yours here. */
export function parts(assets: Assets): readonly Part[] {
  return [...doors(assets), ...panes, ...lists, ...notices, ...pieces]
}
