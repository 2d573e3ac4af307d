/** A piece of HTML that is safe to send: made by `html`, which escapes all but its own results. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text
  }
}

export type Value = Html | string | number | false | null | undefined | readonly Value[]

/** The template tag. Attributes must be quoted in the template; `false`, `null` and `undefined` leave nothing. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  let text = parts[0] ?? ""
  for (let i = 0; i < values.length; i++) text += rendered(values[i]) + (parts[i + 1] ?? "")
  return new Html(text)
}

function rendered(value: Value): string {
  if (typeof value === "string") return Bun.escapeHTML(value)
  if (value instanceof Html) return value.text
  if (typeof value === "number") return String(value)
  if (value === false || value === null || value === undefined) return ""
  let text = ""
  for (const part of value) text += rendered(part)
  return text
}
