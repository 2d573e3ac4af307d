import { httpUrl, nameInPath } from "./address.ts"
import { DuetError } from "./errors.ts"
import type { Fetch } from "./options.ts"

/** A WebSocket does not tell why the server refused it: the same request without an upgrade does. */
export async function whyRefused(fetch: Fetch, base: string, name: string): Promise<DuetError | undefined> {
  try {
    const response = await fetch(httpUrl(base, `ws${nameInPath(name)}`))
    if (response.status !== 400) return undefined
    return new DuetError("bad_name", messageIn(await response.json()) ?? "The server refuses this name.")
  } catch {
    return undefined
  }
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("error" in body)) return undefined
  const { error } = body
  if (typeof error !== "object" || error === null || !("message" in error)) return undefined
  return String(error.message)
}
