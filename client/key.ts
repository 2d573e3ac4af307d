const form = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** A new key, which proves who the user is: 32 random bytes in base64url. */
export function newKey(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

/** Whether this is a key: 43 characters that encode exactly 32 bytes. */
export function isKey(text: string): boolean {
  return form.test(text)
}

/** Makes a client's `client_id`s, unique also among several clients of one user. */
export function clientIds(): () => string {
  const origin = base64url(crypto.getRandomValues(new Uint8Array(12)))
  let count = 0
  return () => `${origin}-${++count}`
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "")
}
