/** Moments in the reader's own zone and language. */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" })
const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" })
const fullDate = new Intl.DateTimeFormat(undefined, { dateStyle: "long" })
const fromNow = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" })
const DAY = 86_400_000

/** The reader's language, as in "de-DE": what these words are in. */
export const language = exact.resolvedOptions().locale

/** Fills in every `<time>` below `root` that is not yet in the reader's zone. */
export function localise(root, words = hourAndMinute) {
  for (const time of root.querySelectorAll("time:not([data-local])")) {
    const at = new Date(time.dateTime)
    time.textContent = words(at)
    time.title = exact.format(at)
    time.dataset.local = ""
  }
}

export function hourAndMinute(at) {
  return clock.format(at)
}

/** For a list: the hour today, the day before that. */
export function hourOrDay(at) {
  return daysAgo(at) === 0 ? clock.format(at) : dayName(at)
}

export function dayName(at) {
  const days = daysAgo(at)
  if (days === 0 || days === 1) return capitalised(fromNow.format(-days, "day"))
  if (days > 1 && days < 7) return capitalised(weekday.format(at))
  return at.getFullYear() === new Date().getFullYear() ? date.format(at) : fullDate.format(at)
}

/** The same for all moments of one day in the reader's zone. */
export function dayKey(at) {
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`
}

/** Milliseconds until the reader's day is over. */
export function untilTomorrow() {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime()
}

function daysAgo(at) {
  return Math.round((startOfDay(new Date()) - startOfDay(at)) / DAY)
}

function startOfDay(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}

/** It stands alone, as a sentence does. */
function capitalised(words) {
  const [first = "", ...rest] = words
  return first.toLocaleUpperCase(language) + rest.join("")
}
