import type { Static, TObject } from "@sinclair/typebox"
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler"
import type { Command } from "../../../chat/session/session-message.ts"

/** What a socket answers by itself, without its session. */
export type Ping = { readonly type: "ping" }

/** Reads one type of frame: what it asks for, or in words which field is wrong. */
export type FrameReader = (frame: object) => Command | Ping | string

/** The types of frame that a dialect understands, by their `type`. */
export type Vocabulary = ReadonlyMap<string, FrameReader>

/** Makes a command of each type of valid frame, or says what is wrong with it. */
export type Readers<F extends { readonly [T in keyof F]: TObject }> = {
  readonly [T in keyof F]: (frame: Static<F[T]>) => Command | Ping | string
}

/** A vocabulary that checks each frame against its schema before it is read. */
export function vocabularyOf<F extends { readonly [T in keyof F]: TObject }>(
  frames: F,
  readers: Readers<F>,
): Vocabulary {
  const vocabulary = new Map<string, FrameReader>()
  for (const type in frames) vocabulary.set(type, checked(frames[type], readers[type]))
  return vocabulary
}

function checked<T extends TObject>(
  schema: T,
  read: (frame: Static<T>) => Command | Ping | string,
): FrameReader {
  const check = TypeCompiler.Compile(schema)
  return (frame) => (check.Check(frame) ? read(frame) : wrongField(check, frame))
}

function wrongField(check: TypeCheck<TObject>, frame: object): string {
  const error = check.Errors(frame).First()
  const field = error?.path.slice(1).replaceAll("/", ".") ?? ""
  if (error === undefined || error.value === undefined) return `\`${field}\` is missing.`
  const { description } = error.schema
  if (description !== undefined) return `\`${field}\` is wrong: it is ${description}.`
  return `\`${field}\` is wrong: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}.`
}
