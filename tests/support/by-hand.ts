import { connect } from "node:net"

/** Sends a request of these lines and `Connection: close`, which `fetch` might refuse to send, and returns the answer. */
export function byHand(port: number, ...lines: readonly string[]): Promise<string> {
  return exchange(port, [...lines, "Connection: close", "", ""].join("\r\n"))
}

/** Sends these bytes and returns the whole answer, up to the end of the connection. */
export async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1")
  socket.write(bytes)
  let answer = ""
  for await (const bytes of socket) answer += bytes
  return answer
}

/** The status, like 200. */
export function statusOf(answer: string): number {
  return Number(answer.slice(9, 12))
}
