import fc from "fast-check"
import { idOfKey, newKey } from "../../../../src/web/http/pages/identity.ts"
import { faultInErrorBody, faultInStatus } from "../../promises.ts"
import type { Attack, AttackContext } from "../attack.ts"
import { playModel } from "../model.ts"
import { methods, queries, routes } from "./oddities.ts"

interface Asking {
  readonly method: (typeof methods)[number]
  readonly route: (typeof routes)[number]
  readonly query: string
  readonly cookie: "none" | "own" | "another's" | string
  readonly html: boolean
  readonly part: boolean
  readonly form: Readonly<Record<string, string>>
}

/** A later answer counts as missing. */
const patienceMs = 120_000

const words = fc.string({ unit: "grapheme", maxLength: 60 })
const query = fc.oneof(
  fc.constantFrom(...queries),
  fc
    .record(
      { q: words, limit: fc.oneof(fc.integer().map(String), words), after: words },
      { requiredKeys: [] },
    )
    .map((fields) => `?${new URLSearchParams(fields)}`),
)

const requests: fc.Arbitrary<readonly Asking[]> = fc.array(
  fc.record({
    method: fc.constantFrom(...methods),
    route: fc.constantFrom(...routes),
    query,
    cookie: fc.oneof(fc.constantFrom("own", "own", "another's", "none"), fc.string({ maxLength: 60 })),
    html: fc.boolean(),
    part: fc.boolean(),
    form: fc.record({ name: words, user_id: fc.constantFrom("$other", "x", "") }, { requiredKeys: [] }),
  }),
  { minLength: 1, maxLength: 12 },
)

/** Any sequence of requests by one user: each answer has a proper status, can be read whole, and names its error. */
export const playHttp: Attack = (field) => playModel(field, requests, (some) => playRequests(field, some))

async function playRequests(field: AttackContext, some: readonly Asking[]): Promise<void> {
  const [own, other] = [newKey(), newKey()]
  const address = field.address()
  for (const asking of some) {
    await field.pace()
    field.count("requests of the model")
    await ask(field.port, asking, { own, other, address })
  }
}

interface Asker {
  readonly own: string
  readonly other: string
  readonly address: string
}

async function ask(port: number, asking: Asking, { own, other, address }: Asker): Promise<void> {
  const { method, route, query, cookie, html, part, form } = asking
  const ids = [idOfKey(own), idOfKey(other)]
  const path = route.replaceAll(":id", () => ids.shift() ?? "")
  const key = cookie === "own" ? own : cookie === "another's" ? other : undefined
  const isBare = method === "GET" || method === "HEAD"
  const fields = { ...form, ...(form.user_id === "$other" && { user_id: idOfKey(other) }) }
  const response = await fetch(`http://127.0.0.1:${port}${path}${query}`, {
    method,
    redirect: "manual",
    headers: {
      "x-forwarded-for": address,
      accept: html ? "text/html" : "application/json",
      ...(part && { "hx-request": "true" }),
      ...(cookie !== "none" && {
        cookie: key === undefined ? `duet=${encodeURIComponent(cookie)}` : `duet=${key}.mallory`,
      }),
    },
    ...(!isBare && { body: new URLSearchParams(fields) }),
    signal: AbortSignal.timeout(patienceMs),
  })
  const body = await response.text()
  const { status, headers } = response
  const fault =
    faultInStatus(status) ??
    (method === "HEAD" ? undefined : faultInErrorBody(status, headers.get("content-type"), body)) ??
    (route === "/health/live" && method === "GET" && ![200, 429].includes(status)
      ? `not alive: ${status}`
      : undefined)
  if (fault !== undefined) throw new Error(`${method} ${route}: ${fault}`)
}
