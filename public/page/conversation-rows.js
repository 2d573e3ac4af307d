/** Of the list of conversations single rows come: each is put where it belongs, and what it says follows in its place. */

import { when } from "./signals.js"

const list = () => document.getElementById("conversations")

function place({ event, rows, gone }) {
  if (event !== "conversations" || rows === undefined) return
  for (const id of gone) rowOf(id)?.remove()
  for (const { id, above } of rows) put(rowOf(id) ?? newRow(id), above)
}

function put(row, above) {
  const next = above === undefined ? list().firstElementChild : (rowOf(above)?.nextElementSibling ?? null)
  if (next === row || (row.parentElement && row.nextElementSibling === next)) return
  // Whoever is on a row stays there while it moves.
  if (row.parentElement && list().moveBefore) list().moveBefore(row, next)
  else insert(row, next)
}

function insert(row, next) {
  const focused = row.contains(document.activeElement) ? document.activeElement : undefined
  list().insertBefore(row, next)
  focused?.focus({ preventScroll: true })
}

function newRow(id) {
  return Object.assign(document.createElement("li"), { id: `c-${id}` })
}

function rowOf(id) {
  return document.getElementById(`c-${id}`)
}

when("showing", place)
