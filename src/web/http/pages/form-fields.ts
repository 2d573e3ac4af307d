/** Returns a field's value; empty if the field is missing. */
export type Fields = (name: string) => string

/** Reads a form's fields; a malformed body counts as an empty form. */
export async function fieldsOf(request: Request): Promise<Fields> {
  try {
    const form = await request.formData()
    return (name) => String(form.get(name) ?? "")
  } catch {
    return () => ""
  }
}
