import { type Html, html, type Value } from "../html.ts"
import type { Assets, Theme } from "../model.ts"

/** The paper of either theme, for the browser's own frame around the page. */
const frame: Readonly<Record<Theme, string>> = { light: "#fbfaf8", dark: "#0f1115" }

/** A whole page: nothing inline, every asset from this origin, as the content security policy asks. */
export function document(title: string, body: Value, assets: Assets, head?: Html): Html {
  return html`<!doctype html>
<html lang="en"${assets.theme !== undefined && html` data-theme="${assets.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="${assets.theme ?? "light dark"}">
${themeColor("light", assets)}${themeColor("dark", assets)}
<meta name="referrer" content="same-origin">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="${assets.url("icon.svg")}" data-unread="${assets.url("icon-unread.svg")}">
<link rel="stylesheet" href="${assets.url("built/app.css")}">
${head}
</head>
${body}
</html>`
}

/** One for each of the system's themes, both of one colour where the reader chose. */
function themeColor(system: Theme, { theme }: Assets): Html {
  return html`<meta name="theme-color" media="(prefers-color-scheme: ${system})" content="${frame[theme ?? system]}" data-own="${frame[system]}">`
}
