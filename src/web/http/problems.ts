import { AskError } from "../../actor/index.ts"
import type { RequestErrorCode } from "../../wire/error-codes.ts"

/** Why a request fails, for people and programs (compare RFC 9457). */
export interface Problem {
  readonly status: number
  readonly code: RequestErrorCode
  readonly title: string
  /** Says what to do. */
  readonly message: string
  /** Where the error page links to; `/` if left out. */
  readonly back?: string
  /** In how many milliseconds to try again, where that is known. */
  readonly retryAfterMs?: number
}

export const foreignForm: Problem = {
  status: 403,
  code: "foreign_origin",
  title: "Form from another site",
  message: "This form belongs to another site: open Duet itself and go on there.",
}

export const tooManyPeople: Problem = {
  status: 503,
  code: "overloaded",
  title: "Too many people",
  message: "There are too many people here: try again later.",
  retryAfterMs: 10_000,
}

export const tooManyConnections: Problem = {
  status: 503,
  code: "overloaded",
  title: "Too many connections",
  message: "There are too many connections here: try again later.",
  retryAfterMs: 10_000,
}

/** For too many connections or new sessions. */
export function tooManyFromHere(retryAfterMs: number): Problem {
  return { ...tooFast, message: "Too many connections from this address: try again later.", retryAfterMs }
}

export function tooManyRequests(retryAfterMs: number): Problem {
  return { ...tooFast, message: "Too many requests from this address: try again later.", retryAfterMs }
}

const tooFast = { status: 429, code: "rate_limited", title: "Too many requests" } as const

export const notOnline: Problem = {
  status: 404,
  code: "not_online",
  title: "Nobody here",
  message: "They left, and nothing of them is kept: choose somebody from the list.",
}

export const youLeft: Problem = {
  status: 410,
  code: "left",
  title: "You left",
  message: "You left in another tab: join again from the front page.",
}

export const noSuchMessage: Problem = {
  status: 400,
  code: "bad_place",
  title: "No such message",
  message: "`before` takes a message's id: open the conversation again.",
}

export const badHost: Problem = {
  status: 400,
  code: "bad_host",
  title: "Malformed host",
  message: "The Host header is malformed: send the host that you connected to.",
}

/** `allow` is the value of the header of that name. */
export function wrongMethod(allow: string): Problem {
  return {
    status: 405,
    code: "wrong_method",
    title: "Method not allowed",
    message: `This address does not answer to that method: use one of ${allow}.`,
  }
}

export const notFound: Problem = {
  status: 404,
  code: "not_found",
  title: "Page not found",
  message: "There is nothing at this address: start from /.",
}

const failed: Problem = {
  status: 500,
  code: "failed",
  title: "That did not work",
  message: "Something went wrong on our side: try again.",
}

const tooBusy: Problem = {
  status: 503,
  code: "overloaded",
  title: "Too busy",
  message: "The server is busy at the moment: try again in a few seconds.",
  retryAfterMs: 5000,
}

/** The problem for an error, by Elysia's code for it. */
export function problemOf(code: unknown, error: unknown): Problem {
  if (code === "NOT_FOUND") return notFound
  return error instanceof AskError ? tooBusy : failed
}
