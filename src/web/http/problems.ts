import { AskError } from "../../actor/index.ts"
import type { RequestErrorCode } from "../../wire/error-codes.ts"

/** Something that keeps a request from what it asks for, told to people and programs alike. */
export interface Problem {
  readonly status: number
  readonly code: RequestErrorCode
  readonly title: string
  /** Says what to do. */
  readonly message: string
  /** Where a page offers to go on; the start if left out. */
  readonly back?: string
  /** In how many milliseconds to try again, where that is known. */
  readonly retryAfterMs?: number
}

export const foreignForm: Problem = {
  status: 403,
  code: "foreign_origin",
  title: "Not from there",
  message: "This form belongs to another site: open Duet itself and go on there.",
}

export const fullHouse: Problem = {
  status: 503,
  code: "overloaded",
  title: "Full house",
  message: "There are too many people here: try again later.",
  retryAfterMs: 10_000,
}

export const noRoom: Problem = {
  status: 503,
  code: "overloaded",
  title: "Too many connections",
  message: "There are too many connections here: try again later.",
  retryAfterMs: 10_000,
}

/** Too many connections, or sessions that begin. */
export function tooManyFromHere(retryAfterMs: number): Problem {
  return { ...tooFast, message: "Too many connections from this address: try again later.", retryAfterMs }
}

export function tooManyRequests(retryAfterMs: number): Problem {
  return { ...tooFast, message: "Too many requests from this address: try again later.", retryAfterMs }
}

const tooFast = { status: 429, code: "rate_limited", title: "Not so fast" } as const

export const nobodyHere: Problem = {
  status: 404,
  code: "not_online",
  title: "Nobody here",
  message: "They left, and nothing of them is kept: choose somebody from the list.",
}

export const goneFromHere: Problem = {
  status: 410,
  code: "left",
  title: "You left",
  message: "You left in another tab: join again from the front page.",
}

export const noSuchPlace: Problem = {
  status: 400,
  code: "bad_place",
  title: "No such place",
  message: "A place in a conversation is named by a message's id: open the conversation again.",
}

export const badHost: Problem = {
  status: 400,
  code: "bad_host",
  title: "Which host?",
  message: "The Host header is malformed: send the host that you connected to.",
}

/** `allow` is as in the header of that name. */
export function wrongMethod(allow: string): Problem {
  return {
    status: 405,
    code: "wrong_method",
    title: "Not like this",
    message: `This address does not answer to that method: use one of ${allow}.`,
  }
}

export const notFound: Problem = {
  status: 404,
  code: "not_found",
  title: "Nothing here",
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
  message: "The server has too much to do at the moment: try again in a few seconds.",
  retryAfterMs: 5000,
}

/** What whoever asked is told of an error, by the code that Elysia gives it. */
export function problemOf(code: unknown, error: unknown): Problem {
  if (code === "NOT_FOUND") return notFound
  return error instanceof AskError ? tooBusy : failed
}
