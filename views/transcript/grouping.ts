import { type Html, html } from "../html.ts"
import type { Line, Progress } from "../model.ts"

/** How the bubble of a line stands to those around it; the style sheet goes by nothing else. */
export interface Neighbours {
  /** Whether the bubble above belongs to the same run. */
  readonly above: boolean
  readonly below: boolean
  /** Whether the one below, of the same run, has come equally far: one sign is enough for both. */
  readonly tick: boolean
}

/** Milliseconds without a word end a run; `public/page/transcript/lines.js` judges alike what comes later. */
const PAUSE = 5 * 60_000

/** The neighbours of `lines[i]`; nothing touches across a divider, which stands above the line `divided`. */
export function neighboursOf(lines: readonly Line[], i: number, divided?: Line): Neighbours {
  const [above, line, below] = [lines[i - 1], lines[i], lines[i + 1]]
  const touches = below !== divided && isRun(line, below)
  return {
    above: line !== divided && isRun(above, line),
    below: touches,
    tick: touches && line?.own === true && signOf(line) === signOf(below),
  }
}

function isRun(upper: Line | undefined, lower: Line | undefined): boolean {
  if (upper === undefined || lower === undefined) return false
  return upper.own === lower.own && lower.at - upper.at <= PAUSE
}

/** What the sign beside an own line tells; one that is lost or taken back has none. */
function signOf(line: Line | undefined): Progress | undefined {
  if (line === undefined || line.unsent || line.undelivered !== undefined) return undefined
  return line.progress ?? "accepted"
}

export function runAttributes({ above, below, tick }: Neighbours): Html {
  return html`${above && html` data-run-above`}${below && html` data-run-below`}${tick && html` data-tick-below`}`
}
