import { CountedErrors } from "./counted-errors.ts"
import type { Log } from "./log.ts"

/**
 * From now on no uncaught error ends the process. It is the last line of defence: each error that comes here is a bug
 * to fix, but it must not disconnect everybody.
 */
export function catchUncaught(log: Log): CountedErrors {
  const uncaught = new CountedErrors(log, "uncaught error", () => performance.now())
  process.on("uncaughtException", (error) => uncaught.add(error))
  process.on("unhandledRejection", (error) => uncaught.add(error))
  return uncaught
}
