/** Finds the imports of the repository's files in their text. */
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))

export interface Import {
  readonly file: string
  /** The imported file, from the root; else the name of a package or built-in module. */
  readonly target: string
  readonly typeOnly: boolean
}

/** @throws when nothing matches: a check of no files would always pass. */
export function filesOf(pattern: string): string[] {
  const files = [...new Bun.Glob(pattern).scanSync({ cwd: root })]
    .filter((file) => !/^(public|client)\/built\/|node_modules\//.test(file))
    .sort()
  if (files.length === 0) throw new Error(`No file matches ${pattern}`)
  return files
}

export async function importsIn(pattern: string): Promise<Import[]> {
  return (await Promise.all(filesOf(pattern).map(importsOf))).flat()
}

async function importsOf(file: string): Promise<Import[]> {
  return parseImports(file, await Bun.file(join(root, file)).text())
}

export function parseImports(file: string, source: string): Import[] {
  const statement =
    /^\s*(?:import|export)\s+(type\s)?(?:[^"';=]*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm
  return [...source.matchAll(statement)].map(([, type, name, dynamicName]) => {
    const target = name ?? dynamicName ?? ""
    return { file, target: resolve(file, target), typeOnly: type !== undefined }
  })
}

function resolve(file: string, target: string): string {
  return target.startsWith(".") ? relative(root, join(root, dirname(file), target)) : target
}

/** All files that a program loads, directly or not. */
export async function loadedBy(program: string): Promise<string[]> {
  const loaded = new Set([program])
  for (const file of loaded) {
    if (!file.endsWith(".ts")) continue
    for (const { target, typeOnly } of await importsOf(file)) if (!typeOnly) loaded.add(target)
  }
  return [...loaded]
}

/** The cycles among the imports, each as its files, beginning with the first by name. */
export function cyclesIn(imports: readonly Import[]): string[][] {
  const targets = Map.groupBy(imports, ({ file }) => file)
  const circles = new Map<string, string[]>()
  const done = new Set<string>()
  const way: string[] = []
  const visit = (file: string) => {
    const at = way.indexOf(file)
    if (at !== -1) return note(way.slice(at))
    if (done.has(file)) return
    way.push(file)
    for (const { target } of targets.get(file) ?? []) visit(target)
    way.pop()
    done.add(file)
  }
  const note = (circle: string[]) => {
    const first = circle.indexOf(circle.toSorted()[0] ?? "")
    const turned = [...circle.slice(first), ...circle.slice(0, first)]
    circles.set(turned.join(), turned)
  }
  for (const file of targets.keys()) visit(file)
  return [...circles.values()]
}
