import type { Outlet } from "./outlet.ts"

/** A program within the engine that people can talk to: a user like any other, with an outlet of its own. */
export interface Companion {
  readonly id: string
  readonly name: string
  /** Made anew for each life of the companion's session. */
  outlet(): Outlet
}
