/**
 * Installs exactly what bun.lock names: for a start only what runs Duet (59 MB), with `--dev` also what tests and checks
 * it. Prints nothing when there is nothing to do, and removes nothing.
 */
import { fileURLToPath } from "node:url"
import manifest from "../package.json"

const root = fileURLToPath(new URL("..", import.meta.url))

/** @throws when the registry cannot be reached, or bun.lock does not fit package.json. */
export async function installPackages(scope: "production" | "everything"): Promise<void> {
  const wanted =
    scope === "production" ? manifest.dependencies : { ...manifest.dependencies, ...manifest.devDependencies }
  const complete = await isInstalled(wanted)
  if (!complete) console.log("Installing packages: the first time takes a moment")
  // A start omits peers, such as Elysia's TypeScript and file-type, which Duet never loads.
  const less = scope === "production" ? ["--production", "--omit=peer"] : []
  const command = [
    process.execPath,
    "install",
    "--frozen-lockfile",
    ...less,
    ...(complete ? ["--silent"] : []),
  ]
  const status = await Bun.spawn(command, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).exited
  if (status !== 0) throw new Error(`bun install ended with ${status}`)
}

async function isInstalled(wanted: Record<string, string>): Promise<boolean> {
  const found = await Promise.all(Object.entries(wanted).map(([name, version]) => hasVersion(name, version)))
  return found.every(Boolean)
}

async function hasVersion(name: string, wanted: string): Promise<boolean> {
  const file = Bun.file(`${root}/node_modules/${name}/package.json`)
  if (!(await file.exists())) return false
  const { version }: { version: string } = await file.json()
  return wanted === version || wanted.endsWith(`@${version}`)
}

if (import.meta.main) {
  try {
    await installPackages(process.argv.includes("--dev") ? "everything" : "production")
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
