/** What the reader chose for this browser, by whatever name they join: kept until they change it or clear the browser. */

import { page, tell, when } from "../shell/page.js"

const KEY = "duet:settings"

/** The first of each is what holds until something is chosen. */
const CHOICES = {
  theme: ["system", "light", "dark"],
  enter: ["sends", "breaks"],
  "single keys": ["on", "off"],
  "skin tone": ["none", "light", "medium-light", "medium", "medium-dark", "dark"],
}

/** The value chosen for `name`, one of its choices. */
export function setting(name) {
  const value = read()[name]
  return CHOICES[name].includes(value) ? value : CHOICES[name][0]
}

/** As if nothing had ever been chosen. */
export function forgetSettings() {
  localStorage.removeItem(KEY)
  tell("settings changed")
}

/** Takes effect at once here, and in the other tabs as they hear of it. */
export function choose(name, value) {
  localStorage.setItem(KEY, JSON.stringify({ ...read(), [name]: value }))
  tell("settings changed")
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {}
  } catch {
    return {}
  }
}

addEventListener("storage", ({ key }) => {
  if (key === KEY) tell("settings changed")
})

/** Seconds. */
const YEAR = 31_536_000

const frames = [...document.querySelectorAll("meta[name=theme-color]")]
const scheme = document.querySelector("meta[name=color-scheme]")

/** Shows the page in the colours that the reader chose, and lets the server know them for the next first paint. */
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

const menu = page.querySelector(".me-menu")
const enter = menu.querySelector("[name=enter]")
const keys = menu.querySelector("[name=keys]")
/** What stands below the field for a name until there is an answer. */
const hint = menu.querySelector("#new-name-note").textContent

/** The reader's menu: shows what is chosen. */
function show() {
  menu.querySelector(`[name=theme][value=${setting("theme")}]`).checked = true
  enter.checked = setting("enter") === "sends"
  keys.checked = setting("single keys") === "on"
}

menu.addEventListener("change", ({ target }) => {
  if (target.name === "theme") choose("theme", target.value)
  if (target === enter) choose("enter", enter.checked ? "sends" : "breaks")
  if (target === keys) choose("single keys", keys.checked ? "on" : "off")
})

// Another tab may have given another name meanwhile; a name that is being typed is kept, and a refusal that came
// while the menu was closed is still to be read. What was read goes when the menu closes.
menu.querySelector(".panel").addEventListener("beforetoggle", ({ newState }) => {
  const name = menu.querySelector("[name=name]")
  const isRefused = name.hasAttribute("aria-invalid")
  if (newState === "closed") {
    name.removeAttribute("aria-invalid")
    menu.querySelector("#new-name-note").textContent = hint
  } else if (name !== document.activeElement && !isRefused)
    name.value = menu.querySelector(".me .name").textContent
})

when("settings changed", show)
show()
