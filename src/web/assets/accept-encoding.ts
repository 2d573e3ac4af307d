/** The encodings of compressed assets, the smaller first. */
export const encodings = ["br", "gzip"] as const
export type Encoding = (typeof encodings)[number]

/** The best of `offered` that an `Accept-Encoding` allows (RFC 9110, 12.5.3); the earlier one of equal weights. */
export function bestEncoding(header: string, offered: readonly Encoding[]): Encoding | undefined {
  const weights = new Map(header.toLowerCase().split(",").map(weighed))
  const weight = (encoding: string) => weights.get(encoding) ?? weights.get("*") ?? 0
  return offered
    .filter((encoding) => weight(encoding) > 0)
    .toSorted((a, b) => weight(b) - weight(a))
    .at(0)
}

function weighed(item: string): [name: string, weight: number] {
  const [name = "", ...parameters] = item.split(";").map((part) => part.trim())
  const q = parameters.find((parameter) => parameter.startsWith("q="))
  const weight = q === undefined ? 1 : Number(q.slice(2))
  return [name, weight >= 0 && weight <= 1 ? weight : 0]
}
