import { CountedErrors } from "./counted-errors.ts"
import type { Log } from "./log.ts"

/**
 * From now on nothing that is thrown or rejected ends the process. It is the last line of defence, so that one mistake
 * is not everybody's end: each error that comes here is a fault to mend.
 */
export function catchUncaught(log: Log): CountedErrors {
  const uncaught = new CountedErrors(log, "an error reached nobody", () => performance.now())
  process.on("uncaughtException", (error) => uncaught.add(error))
  process.on("unhandledRejection", (error) => uncaught.add(error))
  return uncaught
}
