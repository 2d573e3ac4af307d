import { type Cursor, epochLimit } from "../../../wire/handshake.ts"

const number = /^\d{1,16}$/
/** What an epoch looks like is the session's affair. */
const epochForm = new RegExp(`^.{1,${epochLimit}}$`, "su")

/** The cursor in the query of a socket's address: nothing if there is none, `"bad"` if it is half of one or none at all. */
export function readCursor({ url }: Request): Cursor | "bad" | undefined {
  const query = new URL(url).searchParams
  const [after, ...more] = query.getAll("after")
  const [epoch, ...others] = query.getAll("epoch")
  if (after === undefined && epoch === undefined) return undefined
  if (after === undefined || epoch === undefined || more.length + others.length > 0) return "bad"
  const isCursor = number.test(after) && Number.isSafeInteger(Number(after)) && epochForm.test(epoch)
  return isCursor ? { after: Number(after), epoch } : "bad"
}
