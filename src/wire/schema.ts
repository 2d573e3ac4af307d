import {
  type Static,
  type TLiteral,
  type TProperties,
  type TSchema,
  type TUnion,
  Type,
} from "@sinclair/typebox"

/** What a schema describes, as a value that nobody changes. */
export type Value<T extends TSchema> = Frozen<Static<T>>

type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T

/** A frame that is about to be written as JSON, which leaves out what is `undefined`. */
export type Draft<F> = F extends readonly (infer E)[]
  ? readonly Draft<E>[]
  : F extends object
    ? { readonly [K in keyof F]: Draft<F[K]> | (Pick<F, K> extends Required<Pick<F, K>> ? never : undefined) }
    : F

/** Frames of one direction of one dialect, by their `type`, or `event` on the page's socket. */
export type Frames = Readonly<Record<string, TSchema>>

/** Any of these frames. */
export type FrameOf<F extends Frames> = { [T in keyof F]: Value<F[T]> }[keyof F]

/** One from a client: fields that no one knows are ignored. Its type was read before it is checked, and so comes last. */
export function received<T extends string, F extends TProperties>(type: T, fields: F) {
  return Type.Object({ ...fields, type: Type.Literal(type) })
}

/** One from the server: there are no other fields. */
export function sent<T extends string, F extends TProperties>(type: T, fields: F) {
  return Type.Object({ type: Type.Literal(type), ...fields }, { additionalProperties: false })
}

/** One to the page: it is named by its `event`. */
export function shown<T extends string, F extends TProperties>(event: T, fields: F) {
  return Type.Object({ event: Type.Literal(event), ...fields }, { additionalProperties: false })
}

export function oneOf<const T extends string>(values: readonly T[]): TUnion<TLiteral<T>[]> {
  return Type.Union(values.map((value) => Type.Literal(value)))
}

export const text = Type.String()
export const whole = Type.Integer({ minimum: 0 })
export const flag = Type.Boolean()
