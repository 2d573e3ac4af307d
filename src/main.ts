import { version } from "../package.json"
import { readConfig } from "./config.ts"
import { startEngine } from "./engine.ts"
import { createLog } from "./log.ts"
import { Web } from "./web/server.ts"

const config = readConfig(process.env)
const log = createLog(config.LOG_LEVEL)
const web = new Web()
const engine = startEngine(config, log, web.announcer, () => {})
const port = await web.listen({ ...engine, config, version, log, readiness: {} })
console.log(`Duet ${version} is at http://localhost:${port}`)
