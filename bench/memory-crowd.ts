/** The users of `memory.ts`: at each line on standard input all join, write to each other, acknowledge and leave. */
const [base = "", count = "0"] = process.argv.slice(2)
const users = Number(count)
const atOnce = 250

for await (const _ of console) {
  const joined: User[] = []
  for (let i = 0; i < users; i += atOnce) {
    joined.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(atOnce, users - i) }, (_, k) => join(`user ${i + k}`)),
      )),
    )
  }
  for (let i = 0; i < users; i += atOnce) {
    await Promise.all(
      joined.slice(i, i + atOnce).map((user, k) => user.talk(joined[(i + k + 1) % users]?.id ?? "")),
    )
  }
  for (let i = 0; i < users; i += atOnce) {
    await Promise.all(joined.slice(i, i + atOnce).map((user) => user.leave()))
  }
  console.log("done")
}

interface User {
  readonly id: string
  /** Sends a peer three messages; resolves when they were echoed. */
  talk(peer: string): Promise<void>
  leave(): Promise<void>
}

function join(name: string): Promise<User> {
  const socket = new WebSocket(`${base}/ws/${encodeURIComponent(name)}`, ["duet.v1"])
  const closed = Promise.withResolvers<void>()
  const joined = Promise.withResolvers<User>()
  const echoed = Promise.withResolvers<void>()
  let id = ""
  let echoes = 0
  const send = (frame: object) => socket.send(JSON.stringify(frame))
  const user: User = {
    get id() {
      return id
    },
    talk(peer) {
      for (let i = 0; i < 3; i++)
        send({ type: "chat_message", receiver_id: peer, content: `message ${i}`, client_id: `${i}` })
      return echoed.promise
    },
    leave() {
      send({ type: "leave" })
      return closed.promise
    },
  }
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data)
    if (frame.type === "connection_established") {
      id = frame.user_id
      joined.resolve(user)
    }
    if (frame.type === "chat_message" && frame.message.sender_id === id && ++echoes === 3) echoed.resolve()
    if (frame.type === "chat_message" && frame.message.sender_id !== id) send({ type: "ack", seq: frame.seq })
  }
  socket.onclose = () => closed.resolve()
  socket.onerror = () => joined.reject(new Error(`${name} could not join`))
  return joined.promise
}

export {}
