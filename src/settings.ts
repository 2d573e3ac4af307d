import { type DatabaseAddress, parseDatabaseUrl } from "./store/postgres/database-url.ts"

/** One setting: its default, its meaning, and how its text is read. */
export interface Setting<T> {
  readonly preset: string
  readonly about: string
  /** Throws an error that says what the setting takes. `env` may fill what the text leaves out. */
  parse(raw: string, env: Readonly<Record<string, string | undefined>>): T
}

/** Every setting, in the order of the help text, by its environment variable. */
export const settings = {
  PORT: whole("3000", "where to listen; 0 for any free port", 65535),
  HOST: text("0.0.0.0", "which address to listen on"),
  DATABASE_URL: postgresUrl("Postgres, postgres://user:password@host:port/name; embedded if unset"),
  LOG_LEVEL: oneOf(["info", "debug", "warn", "error", "silent"], "how much is logged"),
  ALLOWED_ORIGINS: origins(
    "",
    "origins of other sites whose pages may connect and read the API, separated by commas",
  ),
  TRUST_PROXY: whole("0", "how many proxies stand in front, whose X-Forwarded-* is believed", 16),
  RESUME_WINDOW: seconds("1800", "how long a user without a socket can come back"),
  LEAVE_GRACE: seconds("5", "how long a user without a socket is still shown as online"),
  LEASE: seconds("30", "how soon the people of a crashed server count as offline", 1),
  DRAIN_TIMEOUT: seconds("5", "how long a stop may take", 1),
  CONTENT_LIMIT: whole("4000", "longest message, in code points"),
  FRAME_LIMIT: whole("65536", "largest frame from a client, in bytes"),
  MESSAGE_RATE: whole("10", "messages a second of one user"),
  MESSAGE_BURST: whole("100", "messages at once of one user"),
  BYTE_RATE: whole("32768", "bytes a second of one user"),
  BYTE_BURST: whole("262144", "bytes at once of one user"),
  FRAME_RATE: whole("100", "frames a second of one user, of every kind"),
  FRAME_BURST: whole("1000", "frames at once of one user"),
  CONNECTIONS_PER_USER: whole("10", "sockets of one user; one more closes the oldest"),
  CONNECTIONS_PER_IP: whole("64", "sockets of one address"),
  CONNECT_RATE: whole("5", "new sockets and new sessions a second of one address"),
  CONNECT_BURST: whole("50", "new sockets and new sessions at once of one address"),
  HTTP_RATE: whole("20", "HTTP requests a second of one address"),
  HTTP_BURST: whole("200", "HTTP requests at once of one address"),
  LIMIT_PRIVATE: flag("1 applies the limits of an address to private ones too"),
  MAX_USERS: whole("100000", "people at once"),
  MEMORY_BUDGET: whole("536870912", "bytes of all that is held for users", 2 ** 40),
  JOURNAL_MESSAGES: whole("500", "messages held for one user"),
  JOURNAL_BYTES: whole("262144", "bytes of messages held for one user"),
  OUTBOUND_LIMIT: whole("262144", "bytes that may wait for one slow socket"),
  MAILBOX_LIMIT: whole("1000", "messages that may wait for one user's session"),
  HEARTBEAT: seconds("25", "how often a silent socket is probed"),
  PRESENCE_BUDGET: whole("4194304", "bytes a second for telling who is online, over all sockets"),
  DEV_VIEWS: flag("1 shows every view in every state at /dev/views, for development"),
} as const

function text(preset: string, about: string): Setting<string> {
  return { preset, about, parse: (raw) => raw }
}

function postgresUrl(about: string): Setting<DatabaseAddress | undefined> {
  return { preset: "", about, parse: (raw, env) => (raw === "" ? undefined : parseDatabaseUrl(raw, env)) }
}

/** Reads origins and writes them as browsers do: `https://App.example:443/` becomes `https://app.example`. */
function origins(preset: string, about: string): Setting<readonly string[]> {
  const parse = (raw: string) =>
    raw
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "")
      .map(originOf)
  return { preset, about, parse }
}

function originOf(raw: string): string {
  const url = URL.canParse(raw) ? new URL(raw) : undefined
  const isWhole = url !== undefined && url.host !== "" && /^\/?$/.test(url.pathname + url.search + url.hash)
  if (!isWhole) throw new Error("it takes origins like https://app.example, separated by commas")
  // `URL` gives "null" for schemes that it does not know.
  return url.origin === "null" ? `${url.protocol}//${url.host}` : url.origin
}

function whole(preset: string, about: string, most = 2_000_000_000): Setting<number> {
  return { preset, about, parse: (raw) => wholeNumber(raw, 0, most) }
}

/** Written in seconds, read as milliseconds. */
function seconds(preset: string, about: string, least = 0): Setting<number> {
  return { preset, about: `${about}, in seconds`, parse: (raw) => wholeNumber(raw, least, 86_400) * 1000 }
}

function flag(about: string): Setting<boolean> {
  return { preset: "0", about, parse: (raw) => wholeNumber(raw, 0, 1) === 1 }
}

function oneOf<T extends string>(choices: readonly [T, ...T[]], about: string): Setting<T> {
  const parse = (raw: string): T => {
    const chosen = choices.find((choice) => choice === raw.toLowerCase())
    if (chosen === undefined) throw new Error(`it takes ${choices.join(", ")}`)
    return chosen
  }
  return { preset: choices[0], about: `${about}: ${choices.join(", ")}`, parse }
}

function wholeNumber(raw: string, least: number, most: number): number {
  const value = /^\d{1,12}$/.test(raw) ? Number(raw) : Number.NaN
  if (!(value >= least && value <= most)) throw new Error(`it takes a whole number from ${least} to ${most}`)
  return value
}
