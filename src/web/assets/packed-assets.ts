import { securityHeaders } from "../http/security-headers.ts"
import { bestEncoding, type Encoding, encodings } from "./accept-encoding.ts"
import type { HashedAssets } from "./assets.ts"
import { contentHash, Precompress } from "./precompress.ts"

/** What every asset says about itself, packed or not. */
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

/** Answers for an asset with what was packed for it, or leaves the request to whoever serves plain files. */
export async function packedAssets({ prefix, files }: HashedAssets, precompress = new Precompress()) {
  const packed = new Map<string, readonly Packed[]>()
  for (const [name, bytes] of files) packed.set(`${prefix}/${name}`, await kinds(name, bytes, precompress))

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

async function kinds(name: string, bytes: Uint8Array, precompress: Precompress): Promise<Packed[]> {
  const hash = contentHash(bytes)
  const found = encodings.map(async (encoding) => {
    const packed = await precompress.find(hash, encoding)
    if (packed === undefined || packed.length >= bytes.length) return []
    return [{ encoding, bytes: new Uint8Array(packed), headers: headersOf(name, encoding) }]
  })
  return (await Promise.all(found)).flat()
}

/**
 * A drawing opened by itself is a document, and wants all the headers of one; anything else need not carry them. What
 * may be kept for ever is never asked about again, and so has no ETag.
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
