/** Brings a page shown alone into the state that it asks for, once its components live. */

const { alive, press } = document.body.dataset

document.addEventListener("alpine:initialized", () => {
  for (const [name, holds] of Object.entries(JSON.parse(alive)))
    Object.assign(Alpine.$data(document.querySelector(`[x-data="${name}"]`)), holds)
  if (press !== "") document.querySelector(press).click()
  document.body.dataset.ready = ""
})
