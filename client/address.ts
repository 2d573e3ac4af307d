/** Asks for messages with a number above `after`, if the session is still that of `epoch`. */
export interface Cursor {
  readonly after: number
  readonly epoch: string
}

export interface AddressParts {
  /** The server's URL: `http:`, `https:`, `ws:` or `wss:`, with the path below which it is served, if any. */
  readonly base: string
  readonly name: string
  /** Without one the server sends all that it holds. */
  readonly cursor: Cursor | undefined
}

/** The URL of the socket for this name. */
export function socketUrl({ base, name, cursor }: AddressParts): string {
  const url = new URL(httpUrl(base, `ws${nameInPath(name)}`))
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
  if (cursor !== undefined) {
    url.searchParams.set("after", String(cursor.after))
    url.searchParams.set("epoch", cursor.epoch)
  }
  return url.href
}

/** The same server over HTTP. */
export function httpUrl(base: string, path: string): string {
  const url = new URL(base)
  if (url.protocol === "ws:") url.protocol = "http:"
  if (url.protocol === "wss:") url.protocol = "https:"
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}/${path}`
}

/** A path cannot hold a name of one or two dots: URLs read them as relative segments. */
export function nameInPath(name: string): string {
  return name === "" || /^\.{1,2}$/.test(name) ? "" : `/${encodeURIComponent(name)}`
}
