import { connect } from "node:net"
import { join } from "node:path"
import { until } from "../support/until.ts"
import { type RunningProxy, recipe, startProxy } from "./program.ts"

/** HAProxy by the recipe of the docs, with a socket that reports its health checks. */
export function startHaproxy(duet: number): Promise<RunningProxy | undefined> {
  return startProxy({
    name: "haproxy",
    config: async (people, folder) =>
      `global\n    stats socket ${folder}/stats\n${await recipe("haproxy", { duet, people })}`,
    command: (file) => ["-db", "-f", file],
  })
}

/** The result of the first health check, like "L7OK/200". */
export function firstCheck({ folder }: RunningProxy): Promise<string> {
  return until("HAProxy has checked", async () => {
    const [head = "", ...rows] = (await ask(join(folder, "stats"), "show stat")).replace("# ", "").split("\n")
    const names = head.split(",")
    const fields = rows.map((row) => row.split(",")).find((row) => row[0] === "duet" && row[1] === "duet")
    const status = fields?.[names.indexOf("check_status")] ?? ""
    return /^(L\d\w+)$/.test(status) && `${status}/${fields?.[names.indexOf("check_code")]}`
  })
}

async function ask(path: string, question: string): Promise<string> {
  const socket = connect(path)
  socket.write(`${question}\n`)
  let answer = ""
  for await (const bytes of socket) answer += bytes
  return answer
}
