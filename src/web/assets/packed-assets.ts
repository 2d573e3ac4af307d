import { securityHeaders } from "../http/security-headers.ts"
import { bestEncoding, type Encoding, encodings } from "./accept-encoding.ts"
import type { HashedAssets } from "./assets.ts"
import { contentHash, Precompress } from "./precompress.ts"

/** The headers of every asset, compressed or not. */
export const assetHeaders = {
  "cache-control": "max-age=31536000, immutable",
  "cross-origin-resource-policy": "same-origin",
  vary: "Accept-Encoding",
  "x-content-type-options": "nosniff",
} as const

interface Packed {
  readonly encoding: Encoding
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Record<string, string>
}

/** Answers a request for an asset with its compressed file; `undefined` where there is none, for the static files. */
export async function packedAssets({ prefix, files }: HashedAssets, precompress = new Precompress()) {
  const packed = new Map<string, readonly Packed[]>()
  for (const [name, bytes] of files)
    packed.set(`${prefix}/${name}`, await encodingsOf(name, bytes, precompress))

  return (request: Request): Response | undefined => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined
    const there = packed.get(new URL(request.url).pathname)
    if (there === undefined) return undefined
    const accepted = request.headers.get("accept-encoding") ?? ""
    const encoding = bestEncoding(
      accepted,
      there.map((each) => each.encoding),
    )
    const chosen = there.find((each) => each.encoding === encoding)
    return chosen && answer(request, chosen)
  }
}

async function encodingsOf(name: string, bytes: Uint8Array, precompress: Precompress): Promise<Packed[]> {
  const hash = contentHash(bytes)
  const found = encodings.map(async (encoding) => {
    const packed = await precompress.find(hash, encoding)
    if (packed === undefined || packed.length >= bytes.length) return []
    return [{ encoding, bytes: new Uint8Array(packed), headers: headersOf(name, encoding) }]
  })
  return (await Promise.all(found)).flat()
}

/**
 * An SVG opened by itself is a document, and needs all the headers of one; other files do not. A file that browsers
 * keep for ever is never revalidated, and so has no ETag.
 */
function headersOf(name: string, encoding: Encoding): Record<string, string> {
  return {
    ...(name.endsWith(".svg") && securityHeaders),
    ...assetHeaders,
    "content-type": name.endsWith(".js") ? "text/javascript" : Bun.file(name).type,
    "content-encoding": encoding,
  }
}

function answer(request: Request, { bytes, headers }: Packed): Response {
  if (request.method === "HEAD")
    return new Response(null, { headers: { ...headers, "content-length": String(bytes.length) } })
  return new Response(bytes, { headers })
}
