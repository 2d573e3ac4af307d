import { type Html, html, type Value } from "./html.ts"
import type { Assets } from "./model.ts"

/** A whole page: nothing inline, every asset from this origin, as the content security policy asks. */
export function document(title: string, body: Value, assets: Assets, head?: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="${assets.url("icon.svg")}">
<link rel="stylesheet" href="${assets.url("built/app.css")}">
${head}
</head>
${body}
</html>`
}
