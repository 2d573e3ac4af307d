/** What was filled into a field; empty if nothing was. */
export type Fields = (name: string) => string

/** The fields of a form, whatever was sent in its place. */
export async function fieldsOf(request: Request): Promise<Fields> {
  try {
    const form = await request.formData()
    return (name) => String(form.get(name) ?? "")
  } catch {
    return () => ""
  }
}
