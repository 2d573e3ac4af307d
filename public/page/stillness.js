/** Whether somebody is aiming at a row: then none may move away from under their pointer, finger or focus. */

import { tell } from "./signals.js"

/** Milliseconds after which whoever aimed has hit, or let be. */
const QUIET = 1000

const sidebar = document.querySelector(".sidebar")

let movedAt = -QUIET
let timer = 0
const fingers = new Set()

export function isStill() {
  return fingers.size === 0 && performance.now() - movedAt >= QUIET
}

function stir() {
  movedAt = performance.now()
  if (timer === 0) timer = setTimeout(settle, QUIET)
}

function settle() {
  const wait = movedAt + QUIET - performance.now()
  timer = wait > 0 || fingers.size > 0 ? setTimeout(settle, Math.max(wait, QUIET / 4)) : 0
  if (timer === 0) tell("lists still")
}

function isRow(target) {
  return target instanceof Element && target.closest(".lists, .results") !== null
}

function touch({ type, target, changedTouches }) {
  for (const { identifier } of changedTouches) {
    if (type === "touchstart" && isRow(target)) fingers.add(identifier)
    else fingers.delete(identifier)
  }
  if (isRow(target)) stir()
}

// A mouse that rests while rows are drawn below it makes events too; only one that moves aims.
sidebar.addEventListener("pointermove", ({ target, movementX, movementY }) => {
  if (isRow(target) && (movementX !== 0 || movementY !== 0)) stir()
})
for (const type of ["touchstart", "touchend", "touchcancel"])
  document.addEventListener(type, touch, { passive: true })
sidebar.addEventListener("keydown", ({ target }) => isRow(target) && stir())
sidebar.addEventListener("focusin", ({ target }) => isRow(target) && stir())
