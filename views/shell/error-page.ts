import { type Html, html } from "../html.ts"
import type { Assets, Problem } from "../model.ts"
import { document } from "./document.ts"
import { duetMark } from "./icons.ts"

/** Says what went wrong and what to do; `message` ends with that. */
export function errorPage({ status, title, message, back = "/" }: Problem, assets: Assets): Html {
  const body = html`<body class="join"><main class="door">
${duetMark("large")}
<p class="status">${status}</p>
<h1>${title}</h1>
<p class="lead">${message}</p>
<p class="choices"><a class="button primary" href="${back}">${back === "/" ? "Go to the start" : "Go back"}</a></p>
</main></body>`
  return document(`${title} · Duet`, body, assets)
}
