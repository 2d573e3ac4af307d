/** What a message marks as code, by backticks, told apart from the rest of it; no other mark means anything. */
export type Part =
  | { readonly type: "prose"; readonly text: string }
  | { readonly type: "code"; readonly text: string; readonly before: string; readonly after: string }
  | { readonly type: "block"; readonly text: string; readonly before: string; readonly after: string }

const OPENING = /^```[\w+#.-]*[ \t]*$/u
const CLOSING = /^```[ \t]*$/u

/** Runs of backticks in one message that mean something: each piece of code is dear to find and to show. */
export const marksAtMost = 100

/**
 * The parts of a text in order; all of `before`, `text` and `after` together are the text again. Takes time linear
 * in its length, whatever it holds. From the line that holds one mark too many on, all is prose.
 */
export function partsOf(text: string): Part[] {
  if (!text.includes("`")) return [{ type: "prose", text }]
  const end = endOfMarks(text)
  const parts = end > 0 ? markedParts(text.slice(0, end)) : []
  if (end < text.length) parts.push({ type: "prose", text: text.slice(end) })
  return parts
}

/** Where the line begins that has one mark too many; if there is but one line, where that mark does. */
function endOfMarks(text: string): number {
  let at = -1
  for (let count = 0; count <= marksAtMost; count++) {
    at = text.indexOf("`", at + 1)
    if (at === -1) return text.length
    if (count === marksAtMost) break
    while (text.charAt(at + 1) === "`") at++
  }
  const line = text.lastIndexOf("\n", at) + 1
  return line > 0 ? line : at
}

function markedParts(text: string): Part[] {
  const lines = text.split("\n")
  const closings = nextClosings(lines)
  const parts: Part[] = []
  let prose: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const closing = closings[i + 1] ?? -1
    const opens = closing > i + 1 && isFence(lines[i], OPENING)
    const code = opens ? lines.slice(i + 1, closing).join("\n") : ""
    if (code.trim() === "") {
      prose.push(lines[i] ?? "")
      continue
    }
    for (const part of inlineParts(prose)) parts.push(part)
    const isFirst = i === 0
    const isLast = closing === lines.length - 1
    parts.push({
      type: "block",
      text: code,
      before: `${isFirst ? "" : "\n"}${lines[i]}\n`,
      after: `\n${lines[closing]}${isLast ? "" : "\n"}`,
    })
    prose = []
    i = closing
    if (isLast) return parts
  }
  return [...parts, ...inlineParts(prose)]
}

/** For each line, the number of the first at or below it that could close a block. */
function nextClosings(lines: readonly string[]): number[] {
  const next: number[] = []
  let closing = -1
  for (let i = lines.length - 1; i >= 0; i--) {
    if (isFence(lines[i], CLOSING)) closing = i
    next[i] = closing
  }
  return next
}

/** Most lines are none, which is seen at once. */
function isFence(line = "", fence: RegExp): boolean {
  return line.startsWith("```") && fence.test(line)
}

/** A run of backticks begins code that the next run of the same length, in the same line, ends. */
function inlineParts(lines: readonly string[]): Part[] {
  const parts: Part[] = []
  let prose = ""
  for (const [number, line] of lines.entries()) {
    if (number > 0) prose += "\n"
    let from = 0
    for (const { start, end, mark } of codeIn(line)) {
      prose += line.slice(from, start)
      if (prose !== "") parts.push({ type: "prose", text: prose })
      prose = ""
      parts.push({
        type: "code",
        text: line.slice(start + mark.length, end - mark.length),
        before: mark,
        after: mark,
      })
      from = end
    }
    prose += line.slice(from)
  }
  if (prose !== "") parts.push({ type: "prose", text: prose })
  return parts
}

function codeIn(line: string): { start: number; end: number; mark: string }[] {
  if (!line.includes("`")) return []
  const runs = [...line.matchAll(/`+/gu)].map((match) => ({ start: match.index, mark: match[0] }))
  const partners = nextOfSameLength(runs)
  const found: { start: number; end: number; mark: string }[] = []
  for (let i = 0; i < runs.length; i++) {
    const run = runs[i]
    const partner = partners[i]
    const closing = partner === undefined ? undefined : runs[partner]
    if (run === undefined || partner === undefined || closing === undefined) continue
    const { start, mark } = run
    if (line.slice(start + mark.length, closing.start).trim() === "") continue
    found.push({ start, end: closing.start + mark.length, mark })
    i = partner
  }
  return found
}

function nextOfSameLength(runs: readonly { mark: string }[]): (number | undefined)[] {
  const next: (number | undefined)[] = []
  const latest = new Map<number, number>()
  for (let i = runs.length - 1; i >= 0; i--) {
    const length = runs[i]?.mark.length ?? 0
    next[i] = latest.get(length)
    latest.set(length, i)
  }
  return next
}
