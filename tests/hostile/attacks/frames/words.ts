import type { Random } from "../../random.ts"

/** The ids that a fuzzer may use, so that some of its frames reach somebody. */
export interface Known {
  readonly ids: readonly string[]
  readonly messages: readonly string[]
}

/** The id of nobody, and of no message. */
const nobody = "11111111-1111-8111-8111-111111111111"

type Fields = Readonly<Record<string, unknown>>
type Draft = (known: Required<Picks>, random: Random) => Fields

interface Picks {
  readonly id: string
  readonly message: string
}

/** A valid frame of every kind of a client. */
const drafts: Readonly<Record<string, Draft>> = {
  chat_message: ({ id, message }, random) => ({
    receiver_id: id,
    content: random.pick(contents),
    ...(random.chance(0.5) && { client_id: `c${random.below(50)}` }),
    ...(random.chance(0.3) && { reply_to: message }),
  }),
  ack: (_, random) => ({ seq: random.pick([0, 1, 2, 1e6, 2 ** 31, Number.MAX_SAFE_INTEGER]) }),
  seen: ({ id, message }) => ({ peer_id: id, message_id: message }),
  typing: ({ id }, random) => ({ receiver_id: id, is_typing: random.chance(0.5) }),
  react: ({ id, message }, random) => ({
    peer_id: id,
    message_id: message,
    emoji: random.pick([null, "👍", "👩‍👩‍👧‍👦", "❤️", "🏳️‍🌈"]),
  }),
  unsend: ({ id, message }) => ({ peer_id: id, message_id: message }),
  edit: ({ id, message }, random) => ({ peer_id: id, message_id: message, content: random.pick(contents) }),
  rename: (_, random) => ({ name: random.pick(names) }),
  watch: ({ id }, random) => ({ user_ids: Array(random.below(101)).fill(id) }),
  unwatch: ({ id }) => ({ user_ids: [id] }),
  status: (_, random) => ({ status: random.pick(["online", "away"]) }),
  block: ({ id }) => ({ user_id: id }),
  unblock: ({ id }) => ({ user_id: id }),
  leave: () => ({}),
  ping: () => ({}),
}

export const names = [
  "mallory",
  "",
  "   ",
  "\u0000",
  "system",
  "аdmin",
  "\u202Eevil",
  "e\u0301".repeat(40),
  "👩‍👩‍👧‍👦".repeat(32),
  "<script>alert(1)</script>",
  "\ud800",
  "A".repeat(5000),
  "../../etc/passwd",
] as const

const contents = [
  "hello",
  "",
  " \u200B\t",
  "\u0000\u0001\u007f",
  "\ud800 and \udfff",
  "x".repeat(4000),
  "x".repeat(4001),
  "😀".repeat(4000),
  "</script><img src=x onerror=alert(1)>",
  "```\ncode",
  '"}],{"type":"leave"}',
  "\u2028\u2029",
] as const

/** Values that no field allows. */
const oddities: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  -0,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  "",
  "a".repeat(64),
  "a".repeat(65),
  "\u0000",
  "__proto__",
  [],
  [[]],
  {},
  { length: -1 },
  { toString: "no" },
  Array(101).fill("a"),
  ["a", null],
]

/** Unusual JSON around an otherwise valid frame. */
const texts: readonly ((text: string, random: Random) => string)[] = [
  (text) => `\uFEFF${text}`,
  (text) => `${text}${text}`,
  (text) => text.slice(0, -1),
  (text, random) => text.slice(0, random.below(text.length)),
  (text) => text.replace("{", '{"type":"ping","type":"leave",'),
  (text) => text.replace("{", '{"__proto__":{"type":"ping"},"constructor":{"prototype":{"x":1}},'),
  (text) => text.replace("{", '{"\\u0000":"\\ud800",'),
  (text) => text.replace("{", `{"deep":${"[".repeat(3000)}${"]".repeat(3000)},`),
  (text) => text.replace("{", `{"deep":${'{"a":'.repeat(2000)}1${"}".repeat(2000)},`),
  (text) => text.replace("{", `{"big":1${"0".repeat(400)},"small":1e-999,`),
  (text) => text.replaceAll('"', "'"),
  (text) => `[${text}]`,
  () => "null",
  () => "123",
  () => '"ping"',
  () => "NaN",
  () => "",
  () => "[".repeat(50_000),
  () => `{"type":"${"x".repeat(1000)}"}`,
  () => '{"type":["ping"]}',
  () => '{"type":"toString"}',
  () => '{"type":"__proto__"}',
]

export const wordKinds = Object.keys(drafts)

/** A random valid frame. */
export function rightWords(known: Known, random: Random): string {
  return JSON.stringify(rightFrame(known, random))
}

/** A random frame: valid, partly valid, or not JSON at all. */
export function mutatedWords(known: Known, random: Random): string {
  const frame = rightFrame(known, random)
  if (random.chance(0.3)) return JSON.stringify(frame)
  if (random.chance(0.5)) return JSON.stringify(withOddity(frame, random))
  return random.pick(texts)?.(JSON.stringify(frame), random) ?? ""
}

function rightFrame({ ids, messages }: Known, random: Random): Fields {
  const type = random.pick(wordKinds) ?? "ping"
  const picks = { id: random.pick(ids) ?? nobody, message: random.pick(messages) ?? nobody }
  return { type, ...drafts[type]?.(picks, random) }
}

/** Removes a field, or changes its type. */
function withOddity(frame: Fields, random: Random): Fields {
  const field = random.pick(Object.keys(frame)) ?? "type"
  const { [field]: _, ...rest } = frame
  return random.chance(0.2) ? rest : { ...rest, [field]: random.pick(oddities) }
}
