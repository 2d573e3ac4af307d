/**
 * Builds the client for Node and browsers: one module of JavaScript, and its declarations. Bun reads the TypeScript.
 */
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { errorCodes, undeliveredReasons } from "../src/wire/error-codes.ts"
import { type Product, produce } from "./product.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Files that hold only types, in the order of the declarations. */
const declared = ["client/duet.ts", "client/options.ts", "client/events.ts", "client/error-codes.ts"]

/** Types that these import from the wire: the declarations spell them out and import nothing. */
const wireTypes = { ErrorCode: errorCodes, UndeliveredReason: undeliveredReasons }

const values = `
/** \`message\` says what to do; the ids are set where the error is about one message. */
export declare class DuetError extends Error {
  readonly name: "DuetError"
  readonly code: DuetErrorCode
  readonly receiverId: string | undefined
  readonly messageId: string | undefined
  constructor(
    code: DuetErrorCode,
    message: string,
    about?: { readonly receiverId?: string | undefined; readonly messageId?: string | undefined },
  )
}

/**
 * Joins, and stays until \`close\` or \`leave\`.
 * @throws DuetError \`bad_key\`, \`bad_name\` or \`bad_cursor\`; TypeError for a malformed \`url\`.
 */
export declare function connect(options: ConnectOptions): Duet
`

/** @throws when the build fails; the previous files stay as they were. */
export async function buildClient(): Promise<void> {
  await Promise.all([produce(root, script()), produce(root, declarations())])
}

function script(): Product {
  return {
    output: "client/built/index.js",
    inputs: [...new Bun.Glob("client/*.ts").scanSync({ cwd: root })].sort(),
    async make(path) {
      const built = await Bun.build({ entrypoints: [join(root, "client/index.ts")], target: "browser" })
      await Bun.write(path, (await built.outputs[0]?.text()) ?? "")
    },
  }
}

function declarations(): Product {
  return {
    output: "client/built/index.d.ts",
    inputs: [...declared, "src/wire/error-codes.ts", "scripts/client.ts"],
    async make(path) {
      const files = await Promise.all(declared.map((file) => Bun.file(join(root, file)).text()))
      const types = files.map((text) => text.replace(/^import type .*\n+/gm, ""))
      const wire = Object.entries(wireTypes).map(
        ([name, values]) => `type ${name} = "${values.join('" | "')}"\n`,
      )
      await Bun.write(path, [...types, ...wire, values.trimStart()].join("\n"))
    },
  }
}

if (import.meta.main) await buildClient()
