/**
 * What the reader chose for this browser, by whatever name they join: a store that the menu, the keys and the emoji read
 * and write. What differs from the first choice is kept, until they change it or clear the browser.
 */

const KEY = "duet:settings"

const CHOICES = {
  theme: ["system", "light", "dark"],
  enter: ["sends", "breaks"],
  "single keys": ["on", "off"],
  "skin tone": ["none", "light", "medium-light", "medium", "medium-dark", "dark"],
}

export let settings = read()

function read() {
  const kept = parsed(localStorage.getItem(KEY))
  const values = Object.entries(CHOICES).map(([name, choices]) => [
    name,
    choices.includes(kept[name]) ? kept[name] : choices[0],
  ])
  return Object.fromEntries(values)
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

function keep() {
  const chosen = Object.entries(settings).filter(([name, value]) => value !== CHOICES[name][0])
  if (chosen.length > 0) localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(chosen)))
  else localStorage.removeItem(KEY)
}

// Another tab changed one.
addEventListener("storage", ({ key }) => key === KEY && Object.assign(settings, read()))

/** Seconds. */
const YEAR = 31_536_000

const frames = [...document.querySelectorAll("meta[name=theme-color]")]
const scheme = document.querySelector("meta[name=color-scheme]")

/** Shows the page in the colours that the reader chose, and lets the server know them for the next first paint. */
function dress() {
  const { theme } = settings
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

/** The reader's menu. */
function meMenu() {
  return {
    /** What stands below the field for a name until there is an answer. */
    hint: "",

    get enterSends() {
      return settings.enter === "sends"
    },

    set enterSends(sends) {
      settings.enter = sends ? "sends" : "breaks"
    },

    get singleKeys() {
      return settings["single keys"] === "on"
    },

    set singleKeys(on) {
      settings["single keys"] = on ? "on" : "off"
    },

    init() {
      this.hint = this.note().textContent
    },

    note() {
      return this.$root.querySelector("#new-name-note")
    },

    /**
     * Another tab may have given another name meanwhile; a name that is being typed is kept, and a refusal that came
     * while the menu was closed is still to be read. What was read goes when the menu closes.
     */
    turn({ newState }) {
      const name = this.$root.querySelector("[name=name]")
      const isRefused = name.ariaInvalid === "true"
      if (newState === "closed") {
        name.ariaInvalid = null
        this.note().textContent = this.hint
      } else if (name !== document.activeElement && !isRefused)
        name.value = this.$root.querySelector(".me .name").textContent
    },

    forget({ target }) {
      if (!target.elements.namedItem("settings").checked) return
      for (const [name, [first]] of Object.entries(CHOICES)) settings[name] = first
    },
  }
}

document.addEventListener("alpine:init", () => {
  Alpine.store("settings", settings)
  settings = Alpine.store("settings")
  Alpine.effect(keep)
  Alpine.effect(dress)
  Alpine.data("meMenu", meMenu)
})
