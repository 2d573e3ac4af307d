/** What the reader chose for this browser, whoever they are in it: kept until they change it or clear the browser. */

import { tell } from "./signals.js"

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
