/** How the page's parts hear of each other without knowing each other. */

const signals = new EventTarget()

export function tell(name, detail) {
  signals.dispatchEvent(new CustomEvent(name, { detail }))
}

/** Answers how to stop listening. */
export function when(name, act) {
  const hear = (event) => act(event.detail)
  signals.addEventListener(name, hear)
  return () => signals.removeEventListener(name, hear)
}
