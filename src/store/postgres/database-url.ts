import { userInfo } from "node:os"
import {
  type ConnectionParameters,
  decode,
  encoding,
  type PlaceParameters,
  readParameters,
} from "./database-parameters.ts"

/** The address of the store's Postgres, from `DATABASE_URL`. It holds a password: it is never logged. */
export interface DatabaseAddress {
  /** They are tried in this order; the first that takes writes is used. */
  readonly servers: readonly DatabaseServer[]
  readonly user: string
  /** Empty for none. */
  readonly password: string
  readonly database: string
  readonly parameters: ConnectionParameters
}

/** A TCP address, or the path of a Unix socket. */
export type DatabaseServer = { readonly host: string; readonly port: number } | { readonly path: string }

type Environment = Readonly<Record<string, string | undefined>>

const form = "it takes a URL like postgres://user:password@host:5432/name"

/**
 * Reads a URL as libpq does. `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD` and `PGDATABASE` fill what it leaves out.
 * Throws an error that says what is allowed, and quotes neither a password nor what may be part of one.
 */
export function parseDatabaseUrl(url: string, env: Environment = {}): DatabaseAddress {
  const parts = /^postgres(?:ql)?:\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(url)
  if (parts === null) throw new Error(url.includes("#") ? `${form}; ${encoding}` : form)
  const [, authority = "", path = "", query = ""] = parts
  if (`${path}${query}`.includes("@")) throw new Error(`${form}; ${encoding}`)
  const { place, ...parameters } = readParameters(query)
  const at = authority.lastIndexOf("@")
  const [name = "", ...secret] = authority.slice(0, Math.max(at, 0)).split(":")
  const user = place.user || decode(name) || env.PGUSER || nameOfAccount()
  const hosts = authority.slice(at + 1)
  return {
    servers: readServers(hosts, place, env),
    user,
    password: decode(secret.join(":")) || env.PGPASSWORD || "",
    database: place.dbname || decode(path) || env.PGDATABASE || user,
    parameters,
  }
}

/** "host:port" or the socket's path, for logs. */
export function describeServer(server: DatabaseServer): string {
  if ("path" in server) return server.path
  return `${server.host.includes(":") ? `[${server.host}]` : server.host}:${server.port}`
}

function readServers(hosts: string, place: PlaceParameters, env: Environment): DatabaseServer[] {
  const preset = env.PGPORT || "5432"
  if (place.host === "" && hosts !== "") {
    const pieces = hosts.split(",").map(readHost)
    return pieces.map(({ host, port }) => serverAt(host, place.port || port || preset))
  }
  const names = (place.host || env.PGHOST || "localhost").split(",")
  // In `postgres://user@localhost:5433/name?host=/run/postgresql` the port belongs to the socket's path.
  const ports = (place.port || (hosts === "" ? "" : readHost(hosts).port) || preset).split(",")
  if (ports.length !== 1 && ports.length !== names.length) {
    throw new Error("port takes one number, or one for each host")
  }
  return names.map((host, index) => serverAt(host, ports[index] ?? ports[0] ?? preset))
}

function readHost(piece: string): { host: string; port: string } {
  const [, six, host = six, port = ""] = /^(?:\[([^\]]+)\]|([^:[\]]*))(?::(\d*))?$/.exec(piece) ?? []
  if (host === undefined) {
    throw new Error(
      `${form}, with several hosts as host1:5432,host2:5432 and IPv6 in brackets, [::1]:5432; ${encoding}`,
    )
  }
  return { host: decode(host), port }
}

function serverAt(host: string, port: string): DatabaseServer {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0
  if (number < 1 || number > 65535)
    throw new Error("a port, in it or in PGPORT, is a whole number from 1 to 65535")
  if (host.startsWith("/")) return { path: `${host.replace(/\/+$/, "")}/.s.PGSQL.${number}` }
  if (host === "" || /[\s/@]/.test(host)) throw new Error(`${form}: a host is missing or malformed`)
  return { host, port: number }
}

/** Bun returns "unknown" for an account that has no name. */
function nameOfAccount(): string {
  const name = accountName()
  if (name !== "unknown" && name !== "") return name
  throw new Error("it names no user, and your account has no name: write postgres://user@host/name")
}

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return ""
  }
}
