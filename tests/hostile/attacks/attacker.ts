/** The process of one attacker: `bun attacker.ts <options as JSON>`. It ends on "stop", or with its parent. */
import { Random } from "../random.ts"
import {
  type Attack,
  type AttackContext,
  type AttackerOptions,
  type Finding,
  type Message,
  Pace,
} from "./attack.ts"
import { floods } from "./floods.ts"
import { fuzzFrames } from "./frames/fuzzer.ts"
import { playFrames } from "./frames/model.ts"
import { fuzzHttp } from "./http/fuzzer.ts"
import { playHttp } from "./http/model.ts"
import { resets } from "./resets.ts"
import { slowReaders } from "./slow-readers.ts"

const attacks: Readonly<Record<string, Attack>> = {
  "frame fuzzer": fuzzFrames,
  "HTTP fuzzer": fuzzHttp,
  "frame model": playFrames,
  "HTTP model": playHttp,
  floods,
  "slow readers": slowReaders,
  resets,
}

/** How many kinds of findings are reported, and how many inputs are remembered. */
const maxFindings = 20
const traced = 64

const options: AttackerOptions = JSON.parse(process.argv[2] ?? "")
const { attack, port, ports, rate, seed } = options
const random = new Random(seed)
const pace = new Pace(rate, () => performance.now())
const counts: Record<string, number> = {}
const told = new Map<string, number>()
const inputs: string[] = []
let isOver = false

const field: AttackContext = {
  port,
  ports,
  rate,
  random,
  get isOver() {
    return isOver
  },
  // RFC 2544 reserves these addresses for tests of networks.
  address: () => `198.${18 + random.below(2)}.${random.below(256)}.${random.below(256)}`,
  count(kind, inputs = 1) {
    counts[kind] = (counts[kind] ?? 0) + inputs
  },
  found(found) {
    const times = (told.get(found.what) ?? 0) + 1
    told.set(found.what, times)
    const finding: Finding = { attack, ...found }
    if (times === 1 && told.size <= maxFindings) tell({ type: "found", finding })
  },
  trace(input) {
    inputs.push(input)
    if (inputs.length > traced) inputs.shift()
  },
  async pace(inputs = 1) {
    const ms = pace.take(inputs)
    if (ms > 0) await Bun.sleep(ms)
  },
}

process.on("message", (word) => {
  if (word === "stop") isOver = true
  if (word === "trace") tell({ type: "traced", inputs })
})
process.on("disconnect", () => process.exit(0))
tell({ type: "counts", counts })
const telling = setInterval(() => tell({ type: "counts", counts }), 500)

await attacks[attack]?.(field)
clearInterval(telling)
tell({ type: "counts", counts })
process.disconnect?.()
process.exit(0)

function tell(message: Message): void {
  if (process.connected) process.send?.(message)
}
