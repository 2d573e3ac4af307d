import type { Random } from "../../random.ts"
import {
  cookies,
  forms,
  handshake,
  methods,
  oddChunks,
  oddHandshakes,
  oddHeaders,
  queries,
  routes,
  segments,
} from "./oddities.ts"

/** The ids and cookies that a fuzzed request may use. */
export interface HttpKnown {
  readonly ids: readonly string[]
  /** `Cookie` headers of users who joined. */
  readonly cookies: readonly string[]
}

export interface HttpPiece {
  readonly kind: string
  readonly bytes: Buffer
}

interface Draft {
  method: string
  target: string
  version: string
  headers: string[]
  body: string
}

type Mutation = (draft: Draft, random: Random) => Draft | Buffer

const mutations: Readonly<Record<string, Mutation>> = {
  "well formed": (draft) => draft,
  "odd path": (draft, random) => ({ ...draft, target: `${draft.target}/${random.pick(segments)}` }),
  "odd path from the root": (draft, random) => ({
    ...draft,
    target: `/${random.pick(["ws", "u", "users", "files", "assets", "", "/", "/u//"])}/${random.pick(segments)}`,
  }),
  "target without a slash": (draft, random) => ({
    ...draft,
    target: random.pick(["*", "", "ws/a", "?", "#", "http:", "\\", "127.0.0.1:80"]),
  }),
  "absolute form": (draft, random) => ({
    ...draft,
    target: `${random.pick(["http://", "https://", "ftp://", "http:///", "http://a:b@", "HTTP://[::1]"])}other.example${draft.target}`,
  }),
  "odd method": (draft, random) => ({
    ...draft,
    method: random.pick(["CONNECT", "TRACE", "get", "BREW", "G\u0000T", "", "M-SEARCH", "X".repeat(500)]),
  }),
  "odd version": (draft, random) => ({
    ...draft,
    version: random.pick([
      "HTTP/1.0",
      "HTTP/0.9",
      "HTTP/2.0",
      "HTTP/9.9",
      "HTTP/1.1 ",
      "http/1.1",
      "",
      "HTP/1.1",
    ]),
  }),
  "no host": (draft, random) => ({
    ...draft,
    version: random.pick(["HTTP/1.0", "HTTP/1.1"]),
    headers: draft.headers.filter((header) => !header.startsWith("Host")),
  }),
  "odd host": (draft, random) => ({
    ...draft,
    headers: [
      `Host: ${random.pick(["", " ", "a b", "[::1", "x:99999", "x:y", "%", "\u00e9", "a,b", "web", "/", "a".repeat(3000), "@", "?x"])}`,
      ...draft.headers.slice(1),
    ],
  }),
  "two hosts": (draft) => ({ ...draft, headers: ["Host: a", ...draft.headers] }),
  "odd header": (draft, random) => ({ ...draft, headers: [...draft.headers, random.pick(oddHeaders)] }),
  "many headers": (draft, random) => ({
    ...draft,
    headers: [...draft.headers, ...Array.from({ length: 50 + random.below(200) }, (_, i) => `X-${i}: ${i}`)],
  }),
  "huge header": (draft, random) => ({
    ...draft,
    headers: [...draft.headers, `X-Huge: ${"x".repeat(4000 + random.below(60_000))}`],
  }),
  "odd cookie": (draft, random) => ({
    ...draft,
    headers: [...draft.headers, `Cookie: ${random.pick(cookies)}`],
  }),
  "length too small": (draft, random) =>
    withBody(draft, "name=mallory", `Content-Length: ${random.below(12)}`),
  "length too large": (draft) => withBody(draft, "name=mallory", "Content-Length: 500"),
  "odd length": (draft, random) =>
    withBody(
      draft,
      "name=m",
      `Content-Length: ${random.pick(["-1", "6, 6", "0x6", "+6", "", "9999999999999999999999", "6\r\nContent-Length: 7"])}`,
    ),
  "body over the limit": (draft) => withBody(draft, `name=${"x".repeat(20_000)}`, "Content-Length: 20005"),
  chunked: (draft, random) =>
    withBody(draft, chunks(random.pick(["name=mallory", "", "x"]), random), "Transfer-Encoding: chunked"),
  "odd chunks": (draft, random) => withBody(draft, random.pick(oddChunks), "Transfer-Encoding: chunked"),
  "chunked with a length": (draft) =>
    withBody(draft, "5\r\nname=\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 4"),
  "odd form": (draft, random) => {
    const [type, body] = random.pick(forms)
    return withBody(
      { ...draft, method: "POST" },
      body,
      `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}`,
    )
  },
  "half a handshake": (draft, random) => ({
    ...draft,
    headers: [...draft.headers, ...handshake.filter(() => random.chance(0.7))],
  }),
  "odd handshake": (draft, random) => ({
    ...draft,
    headers: [...draft.headers, ...handshake.slice(0, 3), random.pick(oddHandshakes)],
  }),
  pipelined: (draft, random) =>
    Buffer.concat(Array.from({ length: 2 + random.below(20) }, () => render(draft))),
  "line ends": (draft, random) =>
    Buffer.from(
      render(draft)
        .toString("latin1")
        .replaceAll("\r\n", random.pick(["\n", "\r", "\n\r"])),
      "latin1",
    ),
  truncated: (draft, random) => {
    const whole = render(draft)
    return whole.subarray(0, 1 + random.below(whole.length - 1))
  },
  "flipped bits": (draft, random) => {
    const bytes = render(draft)
    for (let flips = 1 + random.below(5); flips > 0; flips--) {
      const at = random.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    }
    return bytes
  },
  noise: (_, random) => random.bytes(1 + random.below(600)),
  "a TLS greeting": (_, random) => Buffer.concat([Buffer.from([0x16, 3, 1, 2, 0, 1]), random.bytes(200)]),
}

export const requestKinds = Object.keys(mutations)

/** A request to a random route, mutated in a way that the seed picks; `address` is the forwarded one. */
export function mutatedRequest(known: HttpKnown, address: string, random: Random): HttpPiece {
  const draft = rightRequest(known, address, random)
  const kind = random.pick(requestKinds) ?? "noise"
  const mutated = mutations[kind]?.(draft, random) ?? draft
  return { kind, bytes: Buffer.isBuffer(mutated) ? mutated : render(mutated) }
}

function rightRequest({ ids, cookies: known }: HttpKnown, address: string, random: Random): Draft {
  const id = () => random.pick(ids) ?? crypto.randomUUID()
  const route = random.pick(routes).replaceAll(":id", id)
  const cookie = random.chance(0.5) ? random.pick(known) : undefined
  return {
    method: random.chance(0.6) ? "GET" : random.pick(methods),
    target: `${route}${random.chance(0.5) ? random.pick(queries) : ""}`,
    version: "HTTP/1.1",
    headers: [
      "Host: 127.0.0.1",
      `X-Forwarded-For: ${address}`,
      ...(random.chance(0.5) ? ["Accept: text/html"] : []),
      ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
    ],
    body: "",
  }
}

function render({ method, target, version, headers, body }: Draft): Buffer {
  return Buffer.from(`${method} ${target} ${version}\r\n${headers.join("\r\n")}\r\n\r\n${body}`)
}

function withBody(draft: Draft, body: string, header: string): Draft {
  const method = draft.method === "GET" ? "POST" : draft.method
  return { ...draft, method, headers: [...draft.headers, header], body }
}

function chunks(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  const parts = [text.slice(0, at), text.slice(at)].filter((part) => part !== "")
  return `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join("")}0\r\n\r\n`
}
