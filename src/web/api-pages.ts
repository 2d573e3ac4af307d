import { Elysia } from "elysia"
import { apiPage } from "../../views/api-page.ts"
import type { Assets } from "../../views/model.ts"
import { htmlResponse } from "./html-response.ts"

/** `GET /docs`: how programs use this server, on a page of our own origin. */
export function apiPages(assets: Assets) {
  return new Elysia({ name: "api-pages", detail: { hide: true } }).get("/docs", () =>
    htmlResponse(apiPage(assets)),
  )
}
