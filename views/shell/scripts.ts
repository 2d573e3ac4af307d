import { type Html, html } from "../html.ts"
import type { Assets } from "../model.ts"

const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  // Otherwise whatever stood here before lends its classes, and takes back what the page's parts set meanwhile.
  defaultSettleDelay: 0,
  // The page says itself when the next attempt is.
  ws: { pauseOnBackground: false, reconnectJitter: 0 },
})

/** The roots of what is needed before anybody has said anything; they bring what they import. */
const FIRST = [
  "page/shell/navigation.js",
  "page/sidebar/lists.js",
  "page/transcript/transcript.js",
  "page/transcript/unread.js",
  "page/composer/composer.js",
]
/** What is needed with the first message; a page without one loads it then (`public/page/shell/boot.js`). */
const TALK = ["page/message/message.js", "page/sidebar/row-notes.js"]

/**
 * For the head: what must be known before anything else runs, or is typed; that nothing is painted before all of the
 * page is here, for a half of it would stand elsewhere; and every module by name, for a browser that had to read one to
 * hear of the next would go back and forth for each.
 */
export function chatHead(assets: Assets, socket: Html, isTalkative: boolean): Html {
  const modules = roots(isTalkative)
  const needed = new Set(modules.flatMap((name) => [name, ...assets.modules(name)]))
  return html`<meta name="htmx-config" content="${HTMX_CONFIG}">
<link rel="expect" href="#pending-message" blocking="render">
<script src="${assets.url("page/shell/boot.js")}" data-socket="${socket}"></script>
${[...needed].map((name) => html`<link rel="modulepreload" href="${assets.url(name)}">`)}`
}

/**
 * The chat's scripts, for the end of the body. htmx and its extensions are not deferred: only while the
 * document is being parsed does htmx wait for all that follows before it opens the socket. Alpine starts as
 * soon as it runs, and so comes last, when its components are known.
 */
export function chatScripts(assets: Assets, isTalkative: boolean): Html {
  return html`<script src="${assets.url("built/htmx.min.js")}"></script>
${roots(isTalkative).map((name) => html`<script type="module" src="${assets.url(name)}"></script>`)}
<script defer src="${assets.url("built/alpine.min.js")}"></script>`
}

function roots(isTalkative: boolean): readonly string[] {
  return isTalkative ? [...FIRST, ...TALK] : FIRST
}
