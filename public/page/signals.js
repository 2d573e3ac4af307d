/** How the page's parts hear of each other without knowing each other. */

const signals = new EventTarget()

export function tell(name, detail) {
  signals.dispatchEvent(new CustomEvent(name, { detail }))
}

export function when(name, act) {
  signals.addEventListener(name, (event) => act(event.detail))
}
