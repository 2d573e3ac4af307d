import { createHash, randomBytes } from "node:crypto"
import { TypeCompiler } from "@sinclair/typebox/compiler"
import { key as keySchema } from "../../../wire/handshake.ts"

/** Who a browser is: the key that only it holds, the id that follows from it, and the name it goes by. */
export interface Identity {
  /** 32 bytes in base64url, 43 characters. */
  readonly key: string
  readonly id: string
  readonly name: string
}

/** One that this browser has been, as `/` may offer it again; the key stays in a cookie of its own path. */
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
 * What only a page of this person's own can say: it is rendered into it, no other site can read it there, and without
 * the key it cannot be guessed.
 */
export function proofOf(key: string): string {
  return createHash("sha256").update(`duet page ${key}`).digest("base64url").slice(0, 22)
}

/** Whether this is a key: 43 characters that stand for exactly 32 bytes. */
export function isKey(text: string): boolean {
  return keyForm.Check(text)
}
