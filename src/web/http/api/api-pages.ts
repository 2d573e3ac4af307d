import { Elysia } from "elysia"
import type { Assets } from "../../../../views/model.ts"
import { apiPage } from "../../../../views/shell/api-page.ts"
import type { WebContext } from "../../context.ts"
import { htmlResponse, withTheme } from "../html-response.ts"
import { asyncApi } from "./asyncapi.ts"

/** The description of the API: a page for people, and the WebSocket's description for tools. */
export function apiPages({ version }: WebContext, assets: Assets) {
  const description = asyncApi(version)
  return new Elysia({ name: "api-pages" })
    .get("/docs", ({ request }) => htmlResponse(apiPage(withTheme(assets, request))), {
      detail: { hide: true },
    })
    .get("/asyncapi.json", () => Response.json(description), {
      detail: { summary: "The WebSocket, described for tools (AsyncAPI 3)", tags: ["description"] },
    })
}
