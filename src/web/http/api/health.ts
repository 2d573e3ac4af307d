import { Elysia } from "elysia"
import type { WebContext } from "../../context.ts"

/** The state of one part of the program, for `/health/ready`. */
export interface ReadinessPart {
  readonly ok: boolean
  readonly state: string
}

/** `/health/live`: the process runs. `/health/ready`: it accepts people and presence reaches the store. */
export function healthRoutes({ readiness }: WebContext) {
  return new Elysia({ name: "health" })
    .get(
      "/health/live",
      () => Response.json({ status: "ok", parts: { process: { ok: true, state: "up" } } }),
      {
        detail: { summary: "Whether the process lives", tags: ["health"] },
      },
    )
    .get(
      "/health/ready",
      () => {
        const parts = Object.fromEntries(Object.entries(readiness).map(([name, read]) => [name, read()]))
        const ok = Object.values(parts).every((part) => part.ok)
        return Response.json({ status: ok ? "ok" : "unavailable", parts }, { status: ok ? 200 : 503 })
      },
      { detail: { summary: "Whether people are accepted and presence reaches the store", tags: ["health"] } },
    )
}
