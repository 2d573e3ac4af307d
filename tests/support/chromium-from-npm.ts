/** The Chromium that npm's @sparticuz/chromium ships with the libraries it needs, unpacked once into `.cache/`. */
import { existsSync } from "node:fs"
import { mkdir, rename, rm } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import manifest from "../../package.json"

const cache = fileURLToPath(new URL("../../.cache", import.meta.url))
const folder = `${cache}/chromium-${manifest.devDependencies["@sparticuz/chromium"]}`

// The package unpacks into the temporary folder, and unpacks its libraries only on a Lambda: a process of its own gets
// both variables, so that the tests' environment stays as it was.
const unpack = "await (await import('@sparticuz/chromium')).default.executablePath()"
const lambda = "AWS_Lambda_nodejs22.x"

/** @throws when it cannot be unpacked. Start it with `env`. */
export async function unpackChromium(): Promise<{
  path: string
  folder: string
  env: Record<string, string>
}> {
  if (!existsSync(folder)) await unpackInto(folder)
  const env = { LD_LIBRARY_PATH: `${folder}/al2023/lib`, FONTCONFIG_FILE: `${folder}/fonts/fonts.conf` }
  return { path: `${folder}/chromium`, folder, env }
}

async function unpackInto(place: string): Promise<void> {
  const draft = `${place}.${process.pid}`
  await mkdir(draft, { recursive: true })
  try {
    const run = Bun.spawn([process.execPath, "-e", unpack], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: lambda },
      stdio: ["ignore", "ignore", "pipe"],
    })
    const [said, status] = await Promise.all([new Response(run.stderr).text(), run.exited])
    if (status !== 0) throw new Error(`@sparticuz/chromium could not be unpacked: ${said}`)
    await Bun.write(`${draft}/fonts/fonts.conf`, fontsIn(`${place}/fonts`))
    await rename(draft, place).catch((error: unknown) => {
      if (!existsSync(place)) throw error // else another process was first
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function fontsIn(fonts: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${fonts}/cache</cachedir>
</fontconfig>
`
}
