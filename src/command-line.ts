import { settings } from "./settings.ts"

/** A command line, read. */
export type Invocation = { readonly run: true } | { readonly print: string } | { readonly refuse: string }

export function readCommandLine(args: readonly string[], version: string): Invocation {
  const [first] = args
  if (first === undefined) return { run: true }
  if (first === "--help" || first === "-h") return { print: helpText(version) }
  if (first === "--version" || first === "-v") return { print: version }
  return { refuse: `duet: unknown argument ${first}. Settings come from the environment: see --help.` }
}

function helpText(version: string): string {
  const width = Math.max(...Object.keys(settings).map((name) => name.length)) + 2
  const lines = Object.entries(settings).map(([name, { preset, about }]) => {
    const shown = preset === "" ? "" : ` [${preset}]`
    return `  ${name.padEnd(width)}${about}${shown}`
  })
  return `Duet ${version}: a chat engine for two. Nothing said is stored.

Usage: bun start                 serve the page, the API and the WebSocket
       bun start -- --help       this text
       bun start -- --version    the version

Settings, from the environment; 0 turns a rate or a limit off:
${lines.join("\n")}

Example: PORT=8080 DATABASE_URL=postgres://duet@localhost/duet bun start`
}
