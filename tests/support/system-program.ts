/**
 * Where a program of the system is. Where it is missing a test of it has nothing to say, which is told; in CI, which
 * brings it (`.ci/run`), that is a failure.
 */
export function findProgram(name: string): string | undefined {
  const path = Bun.which(name, { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` })
  if (path !== null) return path
  const missing = `${name} is not on this machine: install it (Debian: apt-get install ${name})`
  if (process.env.CI === "true") throw new Error(missing)
  console.log(`Not tried: ${missing}`)
  return undefined
}
