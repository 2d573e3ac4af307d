import type { Account } from "./honest/ledger.ts"
import type { Times } from "./honest/pair.ts"
import { fuzzed } from "./inputs.ts"
import type { Outcome } from "./plan.ts"

/** How much memory may have grown after the attack. */
export const memorySlack = 20 * 2 ** 20

/** The date, machine and command of a run. */
export interface RunInfo {
  readonly date: string
  readonly commit: string
  readonly machine: string
  readonly command: string
}

/** The broken promises; empty when all were kept. Memory is checked by `memoryGrowth`. */
export function brokenPromises(outcome: Outcome): string[] {
  const { steady, restarted, crash, lostSockets } = outcome
  const unaccounted = steady.unaccounted + restarted.unaccounted
  return [
    ...(crash === undefined ? [] : [`The server ${crash}`]),
    ...outcome.otherCrashes.map((crash) => `The server that was restarted ${crash}`),
    ...(unaccounted === 0
      ? []
      : [`${unaccounted} messages unaccounted: ${outcome.unaccounted.slice(0, 5).join(", ")}`]),
    ...(steady.said === 0 ? ["No messages were sent"] : []),
    ...(lostSockets === 0 ? [] : [`${lostSockets} connections of honest people were lost`]),
    ...outcome.violations.map((what) => `A message was ${what}`),
    ...outcome.notRecovered.map((what) => `Not recovered within a minute: ${what}`),
    ...outcome.findings.map(({ attack, what, how }) => `${attack}: ${what}\n    ${how}`),
  ]
}

export function memoryGrowth({ before, after, crash }: Outcome): string[] {
  if (crash !== undefined) return []
  const held = [
    ["live heap", after.heap - before.heap],
    ["resident memory", after.resident - before.resident],
  ] as const
  return held
    .filter(([, grown]) => !(grown <= memorySlack))
    .map(([what, grown]) => `The ${what} is ${mib(grown)} larger than before`)
}

export function reportOf(outcome: Outcome, { date, commit, machine, command }: RunInfo): string {
  const { inputs, faults, steady, restarted, calm, attacked, before, after } = outcome
  const failures = [...brokenPromises(outcome), ...memoryGrowth(outcome)]
  const rows: (readonly [string, string])[] = [
    ["Made", `${date}, at commit ${commit}`],
    ["Machine", machine],
    ["Command", `\`${command}\``],
    ["Time", `${(outcome.seconds / 60).toFixed(1)} minutes, warm-up and rest included`],
    ["Inputs", whole(fuzzed(inputs))],
    ...Object.entries(inputs)
      .sort()
      .map(([kind, count]) => [`– ${kind}`, whole(count)] as const),
    ...Object.entries(faults).map(([kind, count]) => [`Faults, ${kind}`, whole(count)] as const),
    ["The first server", outcome.crash === undefined ? "is the same process at the end" : "ended"],
    ["Its honest people", wordsOf(steady)],
    ["Honest people of the restarted server", wordsOf(restarted)],
    ["Unaccounted", whole(steady.unaccounted + restarted.unaccounted)],
    ["Heard twice or out of order", whole(outcome.violations.length)],
    ["Delivery time, honest people alone", timesIn(calm)],
    ["Delivery time, under attack", timesIn(attacked)],
    ["Live heap, before and after", `${mib(before.heap)}, ${mib(after.heap)}`],
    [
      "Resident memory, before, at most, after",
      [before.resident, outcome.peakResident, after.resident].map(mib).join(", "),
    ],
    ["Failures", failures.length === 0 ? "none" : failures.map((each) => each.split("\n")[0]).join("; ")],
  ]
  const cells = rows.map(([what, value]) => `| ${what} | ${value.replaceAll("|", "\\|")} |`)
  return ["| | |", "|---|---|", ...cells].join("\n")
}

const [begin, end] = ["<!-- hostile soak: begin -->", "<!-- hostile soak: end -->"] as const

/** Replaces the report in a page; appends it where the page has none. */
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
    `${whole(undelivered)} reported undelivered`,
    `${whole(refused)} refused${codes.length === 0 ? "" : ` (${codes.join(", ")})`}`,
    `${whole(sessionOver)} ended with the sender's session`,
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
