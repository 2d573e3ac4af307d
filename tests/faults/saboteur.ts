/** A test loads this into the chat's process: on SIGUSR2 it does what SABOTAGE says. */
import { createLog } from "../../src/log/log.ts"
import { Web } from "../../src/web/server.ts"

const secret = "words that somebody wrote"

const sabotage: Record<string, () => void> = {
  log() {
    const log = createLog("info")
    for (let line = 0; line < 20_000; line++) log("info", "a line that somebody should read", { line })
  },
  errors() {
    for (let i = 0; i < 1000; i++) {
      setTimeout(() => {
        throw new RangeError(secret)
      })
      Promise.reject(new SyntaxError(secret))
    }
  },
}

if (process.env.SABOTAGE === "clean-up") {
  Web.prototype.stop = () => {
    throw new EvalError(secret)
  }
}
process.on("SIGUSR2", () => sabotage[process.env.SABOTAGE ?? ""]?.())
