import { type Html, html } from "../html.ts"
import type { Assets } from "../model.ts"

const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  // Otherwise whatever stood here before lends its classes, and takes back what the page's parts set meanwhile.
  defaultSettleDelay: 0,
  // The page says itself when the next attempt is.
  ws: { pauseOnBackground: false, reconnectJitter: 0 },
})

const CHAT = "page/shell/main.js"
/** What is needed in a conversation alone. */
const CONVERSATION = "page/message/message.js"

/**
 * For the head: what must be known before anything else runs, or is typed; that nothing is painted before all of the
 * page is here, for a half of it would stand elsewhere; and every module by name, for a browser that had to read one to
 * hear of the next would go back and forth for each.
 */
export function chatHead(assets: Assets, isOpen: boolean): Html {
  const modules = [CHAT, ...(isOpen ? [CONVERSATION] : [])]
  const needed = new Set(modules.flatMap((name) => assets.modules(name)))
  return html`<meta name="htmx-config" content="${HTMX_CONFIG}">
<link rel="expect" href="#pending-message" blocking="render">
<script src="${assets.url("page/shell/boot.js")}"></script>
${[...needed].map((name) => html`<link rel="modulepreload" href="${assets.url(name)}">`)}`
}

/**
 * The chat's scripts, for the end of the body. htmx and its extensions are not deferred: only while the
 * document is being parsed does htmx wait for all that follows before it opens the socket. Alpine starts as
 * soon as it runs, and so comes last, when its components are known.
 */
export function chatScripts(assets: Assets, isOpen: boolean): Html {
  return html`<script src="${assets.url("built/htmx.min.js")}"></script>
<script src="${assets.url("built/hx-ws.min.js")}"></script>
<script src="${assets.url("built/hx-alpine-compat.min.js")}"></script>
<script type="module" src="${assets.url(CHAT)}"></script>
${isOpen && html`<script type="module" src="${assets.url(CONVERSATION)}"></script>`}
<script defer src="${assets.url("built/alpine.min.js")}"></script>`
}
