import { connect } from "node:net"

/** The answer to a request written by hand: `fetch` would send no other than a right one. It asks for the connection's end. */
export function byHand(port: number, ...lines: readonly string[]): Promise<string> {
  return exchange(port, [...lines, "Connection: close", "", ""].join("\r\n"))
}

/** All that is answered to these bytes, until the other end closes. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1")
  socket.write(bytes)
  let answer = ""
  for await (const bytes of socket) answer += bytes
  return answer
}

/** As in "200". */
export function statusOf(answer: string): number {
  return Number(answer.slice(9, 12))
}
