import { join } from "node:path"
import type { Server, ServerWebSocket, WebSocketHandler } from "bun"

/** What open pages reload after a change: the style, or the whole page. */
export type PageChange = "style" | "page"

type Fetch = (
  request: Request,
  server: Server<unknown>,
) => Response | undefined | Promise<Response | undefined>

interface Serving {
  readonly fetch: Fetch
  readonly websocket: WebSocketHandler<unknown>
}

const assets = join(import.meta.dir, "../../public")
const script = join(import.meta.dir, "follow.js")
const freshly = { "cache-control": "no-store" }

/** The `data` of sockets that wait for changes. */
const follower = Symbol("follower")

/** Wraps the server: every page gets a script that follows changes, and assets come from the disk. */
export class LivePages {
  readonly #followers = new Set<ServerWebSocket<unknown>>()
  readonly #start = crypto.randomUUID()
  #changes = 0

  before<T extends Serving>(server: T): T {
    const fetch: Fetch = (request, bun) => this.#fetch(request, bun, server.fetch)
    return { ...server, fetch, websocket: this.#websocket(server.websocket) }
  }

  tell(change: PageChange): void {
    this.#changes++
    for (const socket of this.#followers) socket.send(JSON.stringify({ change, version: this.#version }))
  }

  /** Changes with each change and each start of the server. */
  get #version(): string {
    return `${this.#start}.${this.#changes}`
  }

  async #fetch(request: Request, server: Server<unknown>, fetch: Fetch): Promise<Response | undefined> {
    const { pathname } = new URL(request.url)
    if (pathname === "/dev/follow.js") return new Response(Bun.file(script), { headers: freshly })
    if (pathname === "/dev/changes") {
      return server.upgrade(request, { data: follower }) ? undefined : new Response(null, { status: 426 })
    }
    const asset = Bun.file(join(assets, /^\/assets\/[^/]+\/(.*)$/.exec(pathname)?.[1] ?? ""))
    if (await asset.exists()) return new Response(asset, { headers: freshly })
    const version = this.#version
    request.headers.delete("accept-encoding")
    const response = await fetch(request, server)
    if (!response?.headers.get("content-type")?.startsWith("text/html")) return response
    return following(version).transform(response)
  }

  #websocket({ open, message, close, ...rest }: WebSocketHandler<unknown>): WebSocketHandler<unknown> {
    const followers = this.#followers
    return {
      ...rest,
      open: (ws) => {
        if (ws.data !== follower) return open?.(ws)
        followers.add(ws)
        ws.send(JSON.stringify({ version: this.#version }))
      },
      message: (ws, raw) => (ws.data === follower ? undefined : message?.(ws, raw)),
      close: (ws, code, reason) => (followers.delete(ws) ? undefined : close?.(ws, code, reason)),
    }
  }
}

/** Adds the script to a page's head; a fragment has none, and stays as it is. */
function following(version: string): HTMLRewriter {
  const tag = `<script src="/dev/follow.js" data-version="${version}"></script>`
  return new HTMLRewriter().on("head", { element: (head) => void head.prepend(tag, { html: true }) })
}
