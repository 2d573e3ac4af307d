import { createHash, randomBytes } from "node:crypto"
import { TypeCompiler } from "@sinclair/typebox/compiler"
import { key as keySchema } from "../../../wire/handshake.ts"

/** A user's identity in a browser: the secret key, the id derived from it, and the name. */
export interface Identity {
  /** 32 bytes in base64url, 43 characters. */
  readonly key: string
  readonly id: string
  readonly name: string
}

/** An earlier identity, which `/` offers again; its key stays in the cookie of its own path. */
export type KnownIdentity = Omit<Identity, "key">

const keyForm = TypeCompiler.Compile(keySchema)

export function newKey(): string {
  return randomBytes(32).toString("base64url")
}

/** The user id of a key: the first 16 bytes of its SHA-256, as a version 8 UUID (RFC 9562). */
export function idOfKey(key: string): string {
  const bytes = createHash("sha256").update(Buffer.from(key, "base64url")).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

/**
 * The token that proves a socket's page to be this user's own (CSRF): it is rendered into the page, where no other site
 * can read it, and nobody can guess it without the key.
 */
export function proofOf(key: string): string {
  return createHash("sha256").update(`duet page ${key}`).digest("base64url").slice(0, 22)
}

/** Whether this is a key: 43 characters that encode exactly 32 bytes. */
export function isKey(text: string): boolean {
  return keyForm.Check(text)
}
