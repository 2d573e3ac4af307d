import { readFileSync } from "node:fs"

/**
 * Removes what Bun added to the environment from a `.env` in the folder of the start, which is another program's.
 * `--no-env-file` and our bunfig.toml do so too, but `bun …/duet/src/main.ts` from elsewhere has neither. A file named
 * by `--env-file` stays. Only Linux tells a process's original environment; elsewhere nothing is removed.
 */
export function forgetEnvFiles(env: Record<string, string | undefined> = process.env): void {
  if (process.execArgv.some((argument) => argument.startsWith("--env-file"))) return
  const given = givenNames()
  if (given === undefined) return
  for (const name of Object.keys(env)) if (!given.has(name)) delete env[name]
}

function givenNames(): ReadonlySet<string> | undefined {
  try {
    const entries = readFileSync("/proc/self/environ", "utf8").split("\0")
    return new Set(entries.map((entry) => entry.slice(0, entry.indexOf("="))))
  } catch {
    return undefined
  }
}
