import { readFileSync } from "node:fs"
import { resolve } from "node:path"

/** The parameters of a URL. */
export interface ConnectionParameters {
  readonly sslmode: SslMode
  /** The file of the authorities that `verify-ca` and `verify-full` trust; Bun's authorities if left out. */
  readonly rootCertificates?: string
  readonly applicationName: string
  /** How long one server may take to accept a connection. */
  readonly connectSeconds: number
  /** 2 at most: the second lets a close proceed during a write. */
  readonly connections: number
  /** The schema of the tables; the role's search path decides if left out. */
  readonly schema?: string
  /** Settings for the server, as its command line takes them. */
  readonly options?: string
}

/** libpq's modes; `allow` is read as `prefer`: TLS where the server offers it. */
export type SslMode = "disable" | "prefer" | "require" | "verify-ca" | "verify-full"

/** Parameters for parts that usually stand elsewhere in the URL. */
export interface PlaceParameters {
  readonly host: string
  readonly port: string
  readonly user: string
  readonly dbname: string
}

const modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]

/** The values of each parameter, by the names of libpq and Prisma; `true` stands for any text. */
const taken: Readonly<Record<string, readonly string[] | true>> = {
  sslmode: modes,
  ssl: ["true", "false", ...modes],
  sslrootcert: true,
  channel_binding: ["prefer", "disable"],
  gssencmode: ["prefer", "disable"],
  target_session_attrs: ["any", "read-write", "primary"],
  pgbouncer: ["true", "false"],
  connection_limit: true,
  connect_timeout: true,
  schema: true,
  application_name: true,
  options: true,
  host: true,
  port: true,
  user: true,
  dbname: true,
}

/** Why Duet refuses a value that libpq takes. */
const reasons: Readonly<Record<string, string>> = {
  channel_binding: "the driver binds no channels, and sslmode=verify-full says who is at the other end",
  target_session_attrs: "presence has to be written",
}

/** Errors quote nothing of the URL: what looks like a host or a parameter may be half of a password. */
export const encoding =
  "in a user's name, a password and a parameter write / as %2F, ? as %3F, # as %23, @ as %40 and % as %25"

/** Reads what follows the `?`. Throws an error that names the parameter that cannot be used. */
export function readParameters(query: string): ConnectionParameters & { readonly place: PlaceParameters } {
  const said = new Map<string, string>()
  for (const pair of query.split("&").filter(Boolean)) {
    const [name, value] = readPair(pair)
    if (said.has(name)) throw new Error(`${name} is given twice`)
    said.set(name, value)
  }
  const read = (name: string) => said.get(name) || undefined
  const [schema, options] = [read("schema"), read("options")]
  const place = (name: string) => said.get(name) ?? ""
  return {
    ...readEncryption(read("sslmode"), read("ssl"), read("sslrootcert")),
    applicationName: read("application_name") ?? "duet",
    connectSeconds: whole("connect_timeout", read("connect_timeout") ?? "5", 30),
    connections: Math.min(2, whole("connection_limit", read("connection_limit") ?? "2", 1000)),
    ...(schema !== undefined && { schema }),
    ...(options !== undefined && { options }),
    place: { host: place("host"), port: place("port"), user: place("user"), dbname: place("dbname") },
  }
}

/** Decodes percent-escapes; a plus stays a plus, as in libpq. */
export function decode(text: string): string {
  const decoded = unescaped(text)
  // A zero byte ends a text in Postgres's protocol: what follows would be read as further settings.
  if (decoded.includes("\0")) throw new Error("it holds a zero character, which Postgres never takes")
  return decoded
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error(`it holds a % that begins no escape; ${encoding}`)
  }
}

function readPair(pair: string): [name: string, value: string] {
  const at = pair.includes("=") ? pair.indexOf("=") : pair.length
  const [name, value] = [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
  if (name === "password") throw new Error("write the password before the @, or in PGPASSWORD")
  const values = Object.hasOwn(taken, name) ? taken[name] : undefined
  if (values === undefined) {
    throw new Error(`its parameter ${name} is not known here: it takes ${Object.keys(taken).join(", ")}`)
  }
  // An empty value counts as unset, as in libpq.
  if (values === true || value === "" || values.includes(value)) return [name, value]
  const reason = reasons[name]
  throw new Error(
    `${name}=${value} is not taken: ${reason === undefined ? "" : `${reason}; `}it takes ${values.join(", ")}`,
  )
}

function readEncryption(
  sslmode: string | undefined,
  ssl: string | undefined,
  roots: string | undefined,
): Pick<ConnectionParameters, "sslmode" | "rootCertificates"> {
  if (sslmode !== undefined && ssl !== undefined)
    throw new Error("ssl and sslmode mean the same: leave one out")
  const said = sslmode ?? ssl
  if (roots === undefined) return { sslmode: said === undefined ? "prefer" : modeOf(said) }
  if (roots === "system") {
    if (said === undefined || said === "verify-full") return { sslmode: "verify-full" }
    throw new Error(`sslrootcert=system goes with sslmode=verify-full, and not with ${said}`)
  }
  const mode = said === undefined ? "prefer" : modeOf(said)
  if (mode === "disable" || mode === "prefer") {
    throw new Error("sslrootcert goes with sslmode=verify-full or verify-ca: others trust any certificate")
  }
  // As in libpq, a file of authorities makes `require` verify.
  return { sslmode: mode === "require" ? "verify-ca" : mode, rootCertificates: certificateFile(roots) }
}

function modeOf(said: string): SslMode {
  switch (said) {
    case "disable":
    case "false":
      return "disable"
    case "require":
    case "true":
      return "require"
    case "verify-ca":
    case "verify-full":
      return said
    default:
      return "prefer"
  }
}

function certificateFile(path: string): string {
  const file = resolve(path)
  if (readText(file).includes("-----BEGIN CERTIFICATE-----")) return file
  throw new Error(`sslrootcert=${path} holds no certificate in PEM form`)
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    throw new Error(`sslrootcert=${file} cannot be read`)
  }
}

function whole(name: string, value: string, most: number): number {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : 0
  if (number >= 1 && number <= most) return number
  throw new Error(`${name}=${value} is not taken: it takes a whole number from 1 to ${most}`)
}
