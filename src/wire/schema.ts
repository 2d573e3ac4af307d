import {
  type Static,
  type TLiteral,
  type TProperties,
  type TSchema,
  type TUnion,
  Type,
} from "@sinclair/typebox"

/** The type of a schema, read-only throughout. */
export type Value<T extends TSchema> = Frozen<Static<T>>

type Frozen<T> = T extends readonly (infer E)[]
  ? readonly Frozen<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Frozen<T[K]> }
    : T

/** A frame before `JSON.stringify`, which leaves out fields that are `undefined`. */
export type Draft<F> = F extends readonly (infer E)[]
  ? readonly Draft<E>[]
  : F extends object
    ? { readonly [K in keyof F]: Draft<F[K]> | (Pick<F, K> extends Required<Pick<F, K>> ? never : undefined) }
    : F

/** The frames of one dialect in one direction, by `type`, or by `event` on the page's socket. */
export type Frames = Readonly<Record<string, TSchema>>

/** Any of these frames. */
export type FrameOf<F extends Frames> = { [T in keyof F]: Value<F[T]> }[keyof F]

/** A frame from a client; unknown fields are ignored. Decoding has read `type` before the check, so it comes last. */
export function received<T extends string, F extends TProperties>(type: T, fields: F) {
  return Type.Object({ ...fields, type: Type.Literal(type) })
}

/** A frame from the server, with no other fields. */
export function sent<T extends string, F extends TProperties>(type: T, fields: F) {
  return Type.Object({ type: Type.Literal(type), ...fields }, { additionalProperties: false })
}

/** A frame to the page, with no other fields. */
export function shown<T extends string, F extends TProperties>(event: T, fields: F) {
  return Type.Object({ event: Type.Literal(event), ...fields }, { additionalProperties: false })
}

export function oneOf<const T extends string>(values: readonly T[]): TUnion<TLiteral<T>[]> {
  return Type.Union(values.map((value) => Type.Literal(value)))
}

export const text = Type.String()
export const whole = Type.Integer({ minimum: 0 })
export const flag = Type.Boolean()
