import { expect, test } from "bun:test"
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startDuet } from "../support/duet.ts"
import { idOf, joined, next } from "./hearing.ts"

const root = join(import.meta.dir, "../..")

test("the program in docs/client.md works when pasted", async () => {
  const server = await startDuet({ LOG_LEVEL: "error" })
  const folder = await mkdtemp(join(tmpdir(), "duet-client-page-"))
  const page = await Bun.file(join(root, "docs/client.md")).text()
  const program = /```ts\n([\s\S]+?)```/.exec(page)?.[1] ?? ""
  await mkdir(join(folder, "node_modules"))
  await symlink(root, join(folder, "node_modules/duet-chat"))
  await Bun.write(join(folder, "robot.ts"), program.replace("localhost:3000", `127.0.0.1:${server.port}`))
  const robot = Bun.spawn([process.execPath, "robot.ts"], { cwd: folder, stdout: "pipe", stderr: "inherit" })
  try {
    const anna = await joined(server.url, "anna")
    const answered = next(anna, "message", ({ mine }) => !mine)
    await anna.say(await idOf(anna, "robot"), "ping")
    expect((await answered).content).toBe("You said: ping")
    anna.close()
    robot.kill()
    expect(await new Response(robot.stdout).text()).toContain("I am robot")
  } finally {
    robot.kill()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}, 30_000)
