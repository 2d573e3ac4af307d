import { Elysia } from "elysia"
import type { Assets } from "../../../../views/model.ts"
import { partPage, partsPage, statePage } from "../../../../views/samples/pages.ts"
import { parts } from "../../../../views/samples/parts.ts"
import { htmlResponse, problemResponse } from "../html-response.ts"
import { notFound } from "../problems.ts"
import { securityHeaders } from "../security-headers.ts"

/** `/dev/views`: every view in every state, for development. */
export function devViews(assets: Assets) {
  // Made anew for each request: `bun dev` changes them while the server runs.
  const partOf = (name: string) => parts(assets).find((part) => part.name === name)

  return new Elysia({ name: "dev-views", prefix: "/dev/views", detail: { hide: true } })
    .get("/", () => htmlResponse(partsPage(parts(assets), assets)))
    .get("/:part", ({ params, request }) => {
      const part = partOf(params.part)
      return part ? htmlResponse(partPage(part, assets)) : problemResponse(request, notFound, assets)
    })
    .get("/:part/:state", ({ params, request, set }) => {
      const part = partOf(params.part)
      const state = part?.states.find(({ name }) => name === params.state)
      if (!part || !state) return problemResponse(request, notFound, assets)
      Object.assign(set.headers, framed)
      return htmlResponse(statePage(part, state, assets))
    })
}

/** The usual policy, but the page that shows the states side by side may frame it. */
const framed: Readonly<Record<string, string>> = {
  "content-security-policy": (securityHeaders["content-security-policy"] ?? "").replace(
    "frame-ancestors 'none'",
    "frame-ancestors 'self'",
  ),
  "x-frame-options": "SAMEORIGIN",
}
