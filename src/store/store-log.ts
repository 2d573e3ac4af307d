/** The store's log. Fields hold no names and no secrets. */
export type StoreLog = (
  level: "debug" | "info" | "warn" | "error",
  message: string,
  fields?: Readonly<Record<string, string | number>>,
) => void
