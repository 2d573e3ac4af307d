import type { Browser, Page } from "playwright-core"

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
}

/** Milliseconds that the page's main thread worked for each act, from its beginning until it was painted. */
export async function mainThreadWork(
  browser: Browser,
  page: Page,
  times: number,
  act: (i: number) => Promise<void>,
): Promise<number[]> {
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] })
  for (let i = 0; i < times; i++) {
    await page.evaluate("performance.mark('act begins')")
    await act(i)
    await page.evaluate(painted)
  }
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  return workWithin(trace.traceEvents)
}

/** Two frames later all that was asked for has been laid out and painted. */
const painted = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  performance.mark("act ends")
  done()
})))`

/** The marks tell which thread is the page's own. */
function workWithin(events: readonly TraceEvent[]): number[] {
  const begins = events.filter(({ name }) => name === "act begins").sort(inTime)
  const ends = events.filter(({ name }) => name === "act ends").sort(inTime)
  const tasks = events.filter(
    ({ name, ph, pid, tid }) =>
      ph === "X" && name.endsWith("RunTask") && pid === begins[0]?.pid && tid === begins[0]?.tid,
  )
  return begins.map(({ ts: from }, i) => {
    const to = ends[i]?.ts ?? from
    const within = tasks.filter(({ ts, dur = 0 }) => ts + dur > from && ts < to)
    return (
      within.reduce((sum, { ts, dur = 0 }) => sum + Math.min(ts + dur, to) - Math.max(ts, from), 0) / 1000
    )
  })
}

function inTime(a: TraceEvent, b: TraceEvent): number {
  return a.ts - b.ts
}
