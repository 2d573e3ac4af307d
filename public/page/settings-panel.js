/** The reader's menu: shows what is chosen, and takes another choice. */

import { room } from "./room.js"
import { choose, setting } from "./settings.js"
import { when } from "./signals.js"

const menu = room.querySelector(".me-menu")
const enter = menu.querySelector("[name=enter]")
const keys = menu.querySelector("[name=keys]")
/** What stands below the field for a name until there is an answer. */
const hint = menu.querySelector("#new-name-note").textContent

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

// Another tab may have given another name meanwhile; whoever is typing one already keeps it, and a refusal that came
// while the menu was closed is still to be read. What was read goes when the menu closes.
menu.addEventListener("toggle", () => {
  const name = menu.querySelector("[name=name]")
  const isRefused = name.hasAttribute("aria-invalid")
  if (!menu.open) {
    name.removeAttribute("aria-invalid")
    menu.querySelector("#new-name-note").textContent = hint
  } else if (name !== document.activeElement && !isRefused)
    name.value = menu.querySelector("summary .name").textContent
})

when("settings changed", show)
show()
