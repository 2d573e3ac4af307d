import type { Browser, Page } from "playwright-core"

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  readonly dur?: number
  readonly args: { readonly elementCount?: number }
}

/** The work of the page's main thread for one act, from its beginning until it was painted. */
export interface Work {
  readonly milliseconds: number
  /** Elements whose styles were matched anew; the same in every run, on a busy machine too. */
  readonly restyled: number
}

/** Measures each of `times` acts, one after the other. */
export async function mainThreadWork(
  browser: Browser,
  page: Page,
  times: number,
  act: (i: number) => Promise<void>,
): Promise<Work[]> {
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing", "devtools.timeline"] })
  for (let i = 0; i < times; i++) {
    await page.evaluate("performance.mark('act begins')")
    await act(i)
    await page.evaluate(painted)
  }
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  return workWithin(trace.traceEvents)
}

/** After two frames everything has been laid out and painted. */
const painted = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  performance.mark("act ends")
  done()
})))`

/** Finds the page's main thread by the marks. */
function workWithin(events: readonly TraceEvent[]): Work[] {
  const begins = events.filter(({ name }) => name === "act begins").sort(inTime)
  const ends = events.filter(({ name }) => name === "act ends").sort(inTime)
  const own = events.filter(
    ({ ph, pid, tid }) => ph === "X" && pid === begins[0]?.pid && tid === begins[0]?.tid,
  )
  const tasks = own.filter(({ name }) => name.endsWith("RunTask"))
  const restyles = own.filter(({ name }) => name === "UpdateLayoutTree")
  return begins.map(({ ts: from }, i) => {
    const to = ends[i]?.ts ?? from
    const isWithin = ({ ts, dur = 0 }: TraceEvent) => ts + dur > from && ts < to
    return {
      milliseconds:
        sum(tasks.filter(isWithin), ({ ts, dur = 0 }) => Math.min(ts + dur, to) - Math.max(ts, from)) / 1000,
      restyled: sum(restyles.filter(isWithin), ({ args }) => args.elementCount ?? 0),
    }
  })
}

function sum(events: readonly TraceEvent[], of: (event: TraceEvent) => number): number {
  return events.reduce((total, event) => total + of(event), 0)
}

function inTime(a: TraceEvent, b: TraceEvent): number {
  return a.ts - b.ts
}
