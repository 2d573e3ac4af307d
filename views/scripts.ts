import { type Html, html } from "./html.ts"
import type { Assets } from "./model.ts"

const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  ws: {
    pauseOnBackground: false,
    reconnectDelay: 500,
    reconnectMaxDelay: 8000,
  },
})

/** The chat's scripts. Deferred ones run in this order: Alpine starts last, when its components are known. */
export function chatScripts(assets: Assets): Html {
  return html`<meta name="htmx-config" content="${HTMX_CONFIG}">
<script defer src="${assets.url("built/htmx.min.js")}"></script>
<script defer src="${assets.url("built/hx-ws.min.js")}"></script>
<script defer src="${assets.url("built/hx-alpine-compat.min.js")}"></script>
<script type="module" src="${assets.url("page/chat.js")}"></script>
<script defer src="${assets.url("built/alpine.min.js")}"></script>`
}
