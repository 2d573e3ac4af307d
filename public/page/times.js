/** Moments in the reader's own zone and words. */

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
const weekday = new Intl.DateTimeFormat("en", { weekday: "long" })
const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" })
const fullDate = new Intl.DateTimeFormat("en", { dateStyle: "long" })
const DAY = 86_400_000

/** Fills in every `<time>` below `root` that is not yet in the reader's zone. */
export function localise(root, words = hourAndMinute) {
  for (const time of root.querySelectorAll("time:not([data-local])")) {
    const at = new Date(time.dateTime)
    time.textContent = words(at)
    time.title = `${fullDate.format(at)}, ${clock.format(at)}`
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
  if (days === 0) return "Today"
  if (days === 1) return "Yesterday"
  if (days > 1 && days < 7) return weekday.format(at)
  return at.getFullYear() === new Date().getFullYear() ? date.format(at) : fullDate.format(at)
}

/** The same for all moments of one day in the reader's zone. */
export function dayKey(at) {
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`
}

function daysAgo(at) {
  return Math.round((startOfDay(new Date()) - startOfDay(at)) / DAY)
}

function startOfDay(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}
