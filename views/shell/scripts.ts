import { type Html, html } from "../html.ts"
import type { Assets } from "../model.ts"

const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  // Otherwise whatever stood here before lends its classes, and takes back what the page's parts set meanwhile.
  defaultSettleDelay: 0,
  // The page says itself when the next attempt is.
  ws: { pauseOnBackground: false, reconnectJitter: 0 },
})

const ALPINE = "built/alpine.min.js"
/** With its extensions for the socket and for Alpine. */
const HTMX = "built/htmx.min.js"

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
 * page is here, for a half of it would stand elsewhere; and every script by name, for a browser that had to read one to
 * hear of the next would go back and forth for each. The longest come first: the others come beside them.
 */
export function chatHead(assets: Assets, socket: Html, isTalkative: boolean): Html {
  return html`<meta name="htmx-config" content="${HTMX_CONFIG}">
<link rel="expect" href="#pending-message" blocking="render">
<script src="${assets.url("page/shell/boot.js")}" data-socket="${socket}"></script>
${[ALPINE, HTMX].map((name) => html`<link rel="preload" as="script" href="${assets.url(name)}">`)}
${needed(assets, roots(isTalkative)).map((name) => html`<link rel="modulepreload" href="${assets.url(name)}">`)}`
}

/**
 * The chat's scripts, for the end of the body. htmx and its extensions are not deferred: only while the
 * document is being parsed does htmx wait for all that follows before it opens the socket. Alpine starts as
 * soon as it runs, and so comes last, when its components are known.
 */
export function chatScripts(assets: Assets, isTalkative: boolean): Html {
  return html`<script src="${assets.url(HTMX)}"></script>
${roots(isTalkative).map((name) => html`<script type="module" src="${assets.url(name)}"></script>`)}
<script defer src="${assets.url(ALPINE)}"></script>`
}

function roots(isTalkative: boolean): readonly string[] {
  return isTalkative ? [...FIRST, ...TALK] : FIRST
}

/** For the door: what the first view needs is fetched while its reader thinks of a name. */
export function chatAhead(assets: Assets): Html {
  const all = ["page/shell/boot.js", ALPINE, HTMX, ...needed(assets, FIRST)]
  return html`${all.map((name) => html`<link rel="prefetch" as="script" href="${assets.url(name)}">`)}`
}

function needed(assets: Assets, modules: readonly string[]): string[] {
  return [...new Set(modules.flatMap((name) => [name, ...assets.modules(name)]))]
}
