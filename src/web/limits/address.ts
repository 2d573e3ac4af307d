import { isIP } from "node:net"

/** An address as the limits count it. */
export interface Address {
  /** An IPv4 address, or the /64 of an IPv6 one, which is what one household has. */
  readonly block: string
  /** The /48 of an IPv6 address, which has 65,536 blocks. */
  readonly site: string | undefined
  /** Loopback, private or link-local: a proxy or an office may stand behind it. */
  readonly isPrivate: boolean
}

/**
 * Reads an address as proxies write it: `203.0.113.5`, `203.0.113.5:4711`, `2001:db8::1`, `[2001:db8::1]` or
 * `[2001:db8::1]:4711`, IPv6 also with a zone; `undefined` for anything else.
 */
export function readAddress(text: string): Address | undefined {
  const bare = withoutZone(withoutPort(text))
  switch (isIP(bare)) {
    case 4:
      return ofV4(bare)
    case 6:
      return ofV6(bare)
    default:
      return undefined
  }
}

function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1]
  // Only IPv6 has brackets.
  if (bracketed !== undefined) return bracketed.includes(":") ? bracketed : ""
  return /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text
}

function withoutZone(text: string): string {
  const at = text.indexOf("%")
  return at < 0 || !text.includes(":") ? text : text.slice(0, at)
}

function ofV4(text: string): Address {
  const isPrivate = /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(text)
  return { block: text, site: undefined, isPrivate }
}

function ofV6(text: string): Address {
  const groups = groupsOf(text)
  const [first = 0] = groups
  if (groups.slice(0, 5).every((group) => group === 0)) {
    if (groups[5] === 0xffff) return ofV4(v4Of(groups))
    const isLoopback = groups.slice(5, 7).every((group) => group === 0) && groups[7] === 1
    if (isLoopback) return { block: "::1", site: undefined, isPrivate: true }
  }
  // Unique local (RFC 4193) and link-local.
  const isPrivate = (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80
  const hex = groups.map((group) => group.toString(16))
  return { block: `${hex.slice(0, 4).join(":")}::/64`, site: `${hex.slice(0, 3).join(":")}::/48`, isPrivate }
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(text: string): number[] {
  const [head = "", tail] = text.split("::")
  const front = numbersOf(head)
  if (tail === undefined) return front
  const back = numbersOf(tail)
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back]
}

function numbersOf(part: string): number[] {
  if (part === "") return []
  return part.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}

function v4Of(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6)
  return [high >> 8, high & 255, low >> 8, low & 255].join(".")
}
