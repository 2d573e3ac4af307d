import type { Account } from "./honest/ledger.ts"
import type { Times } from "./honest/pair.ts"
import { fuzzed } from "./inputs.ts"
import type { Outcome } from "./plan.ts"

/** How much more the process may hold when all is over. */
export const memorySlack = 20 * 2 ** 20

/** Where and how a run was made. */
export interface Circumstances {
  readonly date: string
  readonly commit: string
  readonly machine: string
  readonly command: string
}

/** What fell short of the promises; nothing when all were kept. Memory is judged apart: see `memoryShortfalls`. */
export function shortfalls(outcome: Outcome): string[] {
  const { steady, restarted, death, lostSockets } = outcome
  const unaccounted = steady.unaccounted + restarted.unaccounted
  return [
    ...(death === undefined ? [] : [`The server ${death}`]),
    ...outcome.otherDeaths.map((death) => `The server that was restarted ${death}`),
    ...(unaccounted === 0
      ? []
      : [`${unaccounted} words unaccounted: ${outcome.unaccounted.slice(0, 5).join(", ")}`]),
    ...(steady.said === 0 ? ["Nobody said anything"] : []),
    ...(lostSockets === 0 ? [] : [`${lostSockets} connections of honest people were lost`]),
    ...outcome.violations.map((what) => `A word was ${what}`),
    ...outcome.notBack.map((what) => `Not back within a minute: ${what}`),
    ...outcome.findings.map(({ attack, what, how }) => `${attack}: ${what}\n    ${how}`),
  ]
}

export function memoryShortfalls({ before, after, death }: Outcome): string[] {
  if (death !== undefined) return []
  const held = [
    ["live heap", after.heap - before.heap],
    ["resident memory", after.resident - before.resident],
  ] as const
  return held
    .filter(([, grown]) => !(grown <= memorySlack))
    .map(([what, grown]) => `The ${what} is ${mib(grown)} larger than before`)
}

export function reportOf(outcome: Outcome, { date, commit, machine, command }: Circumstances): string {
  const { inputs, troubles, steady, restarted, calm, attacked, before, after } = outcome
  const fellShort = [...shortfalls(outcome), ...memoryShortfalls(outcome)]
  const rows: (readonly [string, string])[] = [
    ["Made", `${date}, at commit ${commit}`],
    ["Machine", machine],
    ["Command", `\`${command}\``],
    ["Time", `${(outcome.seconds / 60).toFixed(1)} minutes, warm-up and rest included`],
    ["Inputs", whole(fuzzed(inputs))],
    ...Object.entries(inputs)
      .sort()
      .map(([kind, count]) => [`– ${kind}`, whole(count)] as const),
    ...Object.entries(troubles).map(([kind, count]) => [`Troubles, ${kind}`, whole(count)] as const),
    ["The server that had to live", outcome.death === undefined ? "is the same process at the end" : "ended"],
    ["Its honest people", wordsOf(steady)],
    ["Honest people of the server that was restarted", wordsOf(restarted)],
    ["Unaccounted", whole(steady.unaccounted + restarted.unaccounted)],
    ["Heard twice or out of order", whole(outcome.violations.length)],
    ["Time to arrive, honest people alone", timesIn(calm)],
    ["Time to arrive, under attack", timesIn(attacked)],
    ["Live heap, before and after", `${mib(before.heap)}, ${mib(after.heap)}`],
    [
      "Resident memory, before, at most, after",
      [before.resident, outcome.peakResident, after.resident].map(mib).join(", "),
    ],
    [
      "Fell short",
      fellShort.length === 0 ? "nothing" : fellShort.map((each) => each.split("\n")[0]).join("; "),
    ],
  ]
  const cells = rows.map(([what, value]) => `| ${what} | ${value.replaceAll("|", "\\|")} |`)
  return ["| | |", "|---|---|", ...cells].join("\n")
}

const [begin, end] = ["<!-- hostile soak: begin -->", "<!-- hostile soak: end -->"] as const

/** The page with its report replaced; one without a place for it gets it at its end. */
export function withReport(page: string, report: string): string {
  const part = `${begin}\n${report}\n${end}`
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from < 0 || to < from) return `${page}${page === "" ? "" : "\n"}${part}\n`
  return `${page.slice(0, from)}${part}${page.slice(to + end.length)}`
}

function wordsOf({ said, delivered, undelivered, refused, sessionOver, refusals }: Account): string {
  const codes = Object.entries(refusals).map(([code, count]) => `${code} ${whole(count)}`)
  return [
    `${whole(said)} said`,
    `${whole(delivered)} delivered`,
    `${whole(undelivered)} told to be undelivered`,
    `${whole(refused)} refused${codes.length === 0 ? "" : ` (${codes.join(", ")})`}`,
    `${whole(sessionOver)} told by the end of the speaker's session`,
  ].join(", ")
}

function timesIn({ p50, p99, longest }: Times): string {
  const ms = (value: number | undefined) => (value === undefined ? "none" : `${value.toFixed(1)} ms`)
  return `median ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(longest)}`
}

function mib(bytes: number): string {
  return Number.isNaN(bytes) ? "unknown" : `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

function whole(value: number): string {
  return value.toLocaleString("en")
}
