/** Shows the page in the colours that the reader chose, and lets the server know them for the next first paint. */

import { setting } from "./settings.js"
import { when } from "./signals.js"

/** Seconds. */
const YEAR = 31_536_000

const frames = [...document.querySelectorAll("meta[name=theme-color]")]
const scheme = document.querySelector("meta[name=color-scheme]")

function dress() {
  const theme = setting("theme")
  const isChosen = theme !== "system"
  if (isChosen) document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
  scheme.content = isChosen ? theme : "light dark"
  const chosen = frames.find(({ media }) => media.includes(theme))
  for (const frame of frames) frame.content = (chosen ?? frame).dataset.own
  if (location.protocol === "https:") {
    remember("__Host-duet_theme", theme, isChosen ? YEAR : 0, "; secure")
    // From before there was TLS.
    remember("duet_theme", "", 0, "")
  } else remember("duet_theme", theme, isChosen ? YEAR : 0, "")
}

function remember(name, value, seconds, more) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where the page is served without TLS.
  document.cookie = `${name}=${value}; path=/; samesite=lax; max-age=${seconds}${more}`
}

when("settings changed", dress)
dress()
