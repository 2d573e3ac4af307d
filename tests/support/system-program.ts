/**
 * Finds a program of the system. Where it is missing its tests are skipped with a message; in CI, which installs it
 * (`.ci/run`), that is a failure.
 */
export function findProgram(name: string): string | undefined {
  const path = Bun.which(name, { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` })
  if (path !== null) return path
  const missing = `${name} is not on this machine: install it (Debian: apt-get install ${name})`
  if (process.env.CI === "true") throw new Error(missing)
  console.log(`Skipped: ${missing}`)
  return undefined
}
