import type { Ledger } from "./ledger.ts"
import type { Person } from "./person.ts"
import { type Saying, Violation } from "./saying.ts"

/** What must be true once everything has settled, and all who are here have all. */

/** Nothing is lost without a word. */
export function checkNothingLost(ledger: Ledger, gone: ReadonlySet<number> = new Set()): void {
  for (const saying of ledger.sayings) {
    const { clientId, from, to, id } = saying
    if (saying.orphaned || saying.refused !== undefined || gone.has(from)) continue
    if (id === undefined) throw new Violation(`${clientId} was never answered`)
    if (saying.arrivedAs !== undefined || saying.undelivered || ledger.handedOver(saying)) continue
    if (ledger.everBlocked(to, from) && !gone.has(to)) continue
    throw new Violation(`${clientId} was echoed, is lost, and nobody was told`)
  }
}

/** Every device has what another one of the same session has, where nothing was too much to be held. */
export function checkEverywhere(ledger: Ledger, people: readonly Person[]): void {
  for (const saying of ledger.sayings) {
    for (const device of devicesThatHave(saying, people)) {
      if (!saying.shown.has(device)) throw new Violation(`${device} lacks ${saying.clientId}`)
    }
  }
}

/** No device shows words that were taken back. */
export function checkTakenBack(ledger: Ledger, people: readonly Person[]): void {
  for (const saying of ledger.sayings) {
    if (!saying.takenBack) continue
    for (const device of devicesThatHave(saying, people)) {
      const shown = saying.shown.get(device) ?? ""
      if (shown !== "") throw new Violation(`${device} still shows ${saying.clientId}, which was taken back`)
    }
  }
}

/** A sign of typing reaches every device, unless somebody was ever blocked: it is no promise, but nothing is in its way. */
export function checkTyping(ledger: Ledger, people: readonly Person[]): void {
  for (const from of people) {
    for (const to of people) {
      if (from === to || ledger.everBlocked(from.index, to.index)) continue
      if (ledger.everBlocked(to.index, from.index)) continue
      const deaf = to.devices.find((device) => !ledger.hasHeardTyping(from.identity.id, device))
      if (deaf !== undefined) throw new Violation(`${deaf} hears nothing of ${from.index}'s typing`)
    }
  }
}

/** The devices in whose session it is, on both sides. */
function devicesThatHave(saying: Saying, people: readonly Person[]): readonly string[] {
  const isEchoed = saying.id !== undefined && !saying.orphaned
  return people.flatMap(({ index, epoch, devices }) => {
    if (index === saying.from && isEchoed) return devices
    return index === saying.to && epoch !== undefined && epoch === saying.arrivedIn ? devices : []
  })
}
