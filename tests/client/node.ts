/** The command of a Node with a built-in WebSocket (22 or later): this machine's, else npm's. @throws when there is neither. */
export async function nodeWithWebSocket(): Promise<readonly string[]> {
  if (await knowsWebSocket(["node"])) return ["node"]
  const fromNpm = ["npx", "-y", "node@22"]
  if (await knowsWebSocket(fromNpm)) return [await pathOf(fromNpm)]
  throw new Error("No Node with a WebSocket for the tests: install Node 22 or later")
}

async function knowsWebSocket(command: readonly string[]): Promise<boolean> {
  return (await answer(command, "typeof WebSocket")) === "function"
}

/** The program's own path: ending `npx` would not end the Node below it. */
function pathOf(command: readonly string[]): Promise<string> {
  return answer(command, "process.execPath")
}

async function answer([program = "", ...rest]: readonly string[], expression: string): Promise<string> {
  if (Bun.which(program) === null) return ""
  const run = Bun.spawn([program, ...rest, "-p", expression], { stdout: "pipe", stderr: "ignore" })
  return (await new Response(run.stdout).text()).trim()
}
