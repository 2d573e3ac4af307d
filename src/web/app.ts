import { openapi } from "@elysiajs/openapi"
import { staticPlugin } from "@elysiajs/static"
import { Elysia } from "elysia"
import type { Assets } from "../../views/model.ts"
import { kindOf } from "../log/log.ts"
import { assetsFolder, type HashedAssets } from "./assets/assets.ts"
import { assetHeaders } from "./assets/packed-assets.ts"
import type { WebContext } from "./context.ts"
import { apiPages } from "./http/api/api-pages.ts"
import { healthRoutes } from "./http/api/health.ts"
import { peopleRoutes } from "./http/api/people-api.ts"
import { problemResponse } from "./http/html-response.ts"
import { chatPages } from "./http/pages/chat-pages.ts"
import { frontDoor } from "./http/pages/front-door.ts"
import { problemOf } from "./http/problems.ts"
import { securityHeaders } from "./http/security-headers.ts"
import type { Admission } from "./limits/admission.ts"
import type { Upgrade } from "./sockets/upgrade.ts"

/** All routes. After the upgrade Bun's own handlers serve a socket, and not Elysia. */
export async function createApp(
  context: WebContext,
  sockets: Upgrade,
  assets: HashedAssets,
  admission: Admission,
) {
  const app = new Elysia({ handler: { standardHostname: false } })
    .onError(({ code, request, error }) => onError(context, assets, code, request, error))
    .use(documentation(context))
    .use(frontDoor(context, assets, admission))
    .use(peopleRoutes(context, admission))
    .use(healthRoutes(context))
    .use(apiPages(context, assets))
    .use(chatPages(context, assets, admission))
    .use(
      context.config.DEV_VIEWS ? (await import("./http/pages/dev-views.ts")).devViews(assets) : new Elysia(),
    )
    .get("/favicon.ico", ({ redirect }) => redirect(assets.url("favicon.ico")), { detail: { hide: true } })
    .get("/ws", ({ request }) => sockets.program(request), {
      detail: { hide: true },
    })
    .get("/ws/*", ({ request }) => sockets.program(request), {
      detail: { hide: true },
    })
    .get("/u/:id/socket", ({ request, params }) => sockets.browser(request, params.id), {
      detail: { hide: true },
    })
    .use(
      await staticPlugin({
        assets: assetsFolder,
        prefix: assets.prefix,
        headers: {
          ...securityHeaders,
          "Cache-Control": assetHeaders["cache-control"],
          vary: assetHeaders.vary,
        },
      }),
    )
  await app.modules
  return app.compile()
}

function documentation({ version }: WebContext) {
  const description =
    "Who is online, and the server's health. The chat itself is a WebSocket: see docs/protocol.md."
  return openapi({
    provider: null,
    specPath: "/openapi.json",
    exclude: { paths: [/^\/assets\//] },
    documentation: { info: { title: "Duet", version, description, license: { name: "MIT" } } },
  })
}

function onError(
  context: WebContext,
  assets: Assets,
  code: unknown,
  request: Request,
  error: unknown,
): Response {
  const problem = problemOf(code, error)
  if (problem.status === 500)
    context.log("error", "a request failed", { method: request.method, error: kindOf(error) })
  return problemResponse(request, problem, assets)
}
