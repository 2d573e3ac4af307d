import { readFileSync } from "node:fs"
import { readAddress } from "./address.ts"

/** The address with the most connections, and how many. */
export interface BusiestAddress {
  readonly address: string
  readonly connections: number
}

/** Finds the address with the most connections to a port, for the operator's log; only Linux tells. */
export function busiestAddress(port: number, tables = tablesOfLinux()): BusiestAddress | undefined {
  const counts = new Map<string, number>()
  for (const [, local = "", remote = ""] of tables.matchAll(heldConnection)) {
    if (Number.parseInt(local, 16) !== port) continue
    const block = readAddress(addressOf(remote))?.block
    if (block !== undefined) counts.set(block, (counts.get(block) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one)
  return most && { address: most[0], connections: most[1] }
}

/** Captures the local port and the remote address of a connection that is established or waits to be closed. */
const heldConnection = /^ *\d+: [\dA-F]+:([\dA-F]{4}) ([\dA-F]+):[\dA-F]{4} (?:01|08) /gm

/** Reads 32-bit words in the machine's byte order, which is little-endian wherever Bun runs. */
function addressOf(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse())
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join(".")
  return bytes.join("").match(/.{4}/g)?.join(":") ?? ""
}

function tablesOfLinux(): string {
  return read("/proc/net/tcp") + read("/proc/net/tcp6")
}

function read(table: string): string {
  try {
    return readFileSync(table, "latin1")
  } catch {
    return ""
  }
}
