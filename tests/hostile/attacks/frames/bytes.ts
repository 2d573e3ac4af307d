import type { Random } from "../../random.ts"

/** The parts of a client's WebSocket frame; each can be wrong (RFC 6455, 5.2). */
export interface FrameParts {
  readonly fin: boolean
  /** The three reserved bits. */
  readonly rsv: number
  readonly opcode: number
  readonly masked: boolean
  /** The length in the header; the payload's own if left out. */
  readonly claims?: number | bigint
  /** The number of bytes of the length; the shortest form if left out. */
  readonly form?: 0 | 2 | 8
  readonly mask: Uint8Array
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

const zeroMask = new Uint8Array(4)
const wellFormed: FrameParts = { fin: true, rsv: 0, opcode: opcodes.text, masked: true, mask: zeroMask }

export function frameBytes(payload: Uint8Array | string, parts: Partial<FrameParts> = {}): Buffer {
  const { fin, rsv, opcode, masked, mask, ...told } = { ...wellFormed, ...parts }
  const body = Buffer.from(payload)
  const claims = BigInt(told.claims ?? body.length)
  const form = told.form ?? (claims < 126n ? 0 : claims < 65_536n ? 2 : 8)
  const length = form === 0 ? Number(claims & 0x7fn) : form === 2 ? 126 : 127
  const extended = Buffer.alloc(form)
  if (form === 2) extended.writeUInt16BE(Number(claims & 0xffffn))
  if (form === 8) extended.writeBigUInt64BE(BigInt.asUintN(64, claims))
  const head = Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode, (masked ? 0x80 : 0) | length])
  if (!masked) return Buffer.concat([head, extended, body])
  return Buffer.concat([head, extended, mask, body.map((byte, i) => byte ^ (mask[i % 4] ?? 0))])
}

/** Fuzzed bytes, with a name for findings. */
export interface FramePiece {
  readonly kind: string
  readonly bytes: Buffer
}

type Mutation = (text: string, random: Random) => Buffer

const badUtf8 = [
  [0xff],
  [0xc0, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x82],
  [0x80],
] as const

const mutations: Readonly<Record<string, Mutation>> = {
  "well formed": (text, random) => frameBytes(text, { mask: random.bytes(4) }),
  "reserved bits": (text, random) => frameBytes(text, { rsv: 1 + random.below(7) }),
  "reserved opcode": (text, random) =>
    frameBytes(text, { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
  "not masked": (text) => frameBytes(text, { masked: false }),
  binary: (text) => frameBytes(text, { opcode: opcodes.binary }),
  empty: (_, random) => frameBytes("", { opcode: random.pick([0, 1, 2, 8, 9, 10]) }),
  "fragments in order": (text, random) => fragments(text, random),
  "fragments around a ping": (text, random) =>
    fragments(text, random, frameBytes("!", { opcode: opcodes.ping })),
  "fragments around a text": (text, random) => fragments(text, random, frameBytes(text)),
  "fragments without end": (text) =>
    Buffer.concat([frameBytes(text, { fin: false }), frameBytes("", { opcode: 0, fin: false })]),
  "continuation of nothing": (text) => frameBytes(text, { opcode: opcodes.continuation }),
  "control frame in fragments": (_, random) =>
    frameBytes("!", { opcode: random.pick([8, 9, 10]), fin: false }),
  "control frame over 125": (_, random) =>
    frameBytes(random.bytes(126 + random.below(200)), { opcode: random.pick([8, 9, 10]) }),
  "ping or pong": (_, random) =>
    frameBytes(random.bytes(random.below(126)), { opcode: random.pick([9, 10]) }),
  "close with a code": (_, random) => closeBytes(random.pick(closeCodesToTry), random),
  "close with half a code": () => frameBytes(Buffer.from([3]), { opcode: opcodes.close }),
  "invalid UTF-8": (text, random) => {
    const broken = Buffer.from(random.pick([...badUtf8]) ?? [])
    const at = random.below(text.length + 1)
    return frameBytes(Buffer.concat([Buffer.from(text.slice(0, at)), broken, Buffer.from(text.slice(at))]))
  },
  "UTF-8 cut by a fragment": (_, random) => {
    const bytes = Buffer.from('{"type":"ping","x":"\u{1F600}"}')
    const at = 20 + random.below(4)
    return Buffer.concat([
      frameBytes(bytes.subarray(0, at), { fin: false }),
      frameBytes(bytes.subarray(at), { opcode: 0 }),
    ])
  },
  "length in a longer form": (text, random) => frameBytes(text, { form: random.pick([2, 8]) }),
  "claims too much": (text, random) =>
    frameBytes(text, { claims: random.pick([65_537, 2 ** 31, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]) }),
  "claims too little": (text, random) => frameBytes(text, { claims: random.below(text.length + 1) }),
  truncated: (text, random) => {
    const whole = frameBytes(text)
    return whole.subarray(0, 1 + random.below(whole.length - 1))
  },
  "flipped bits": (text, random) => {
    const bytes = frameBytes(text, { mask: random.bytes(4) })
    for (let flips = 1 + random.below(4); flips > 0; flips--) {
      const at = random.chance(0.5) ? random.below(Math.min(8, bytes.length)) : random.below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    }
    return bytes
  },
  noise: (_, random) => random.bytes(1 + random.below(300)),
}

const closeCodesToTry = [
  0, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1011, 1015, 1016, 2999, 3000, 4410, 4999, 65_535,
] as const

export const frameKinds = Object.keys(mutations)

/** Makes a frame of `text` and mutates it in a way that the seed picks. */
export function mutatedFrame(text: string, random: Random): FramePiece {
  const kind = random.pick(frameKinds) ?? "noise"
  return { kind, bytes: mutations[kind]?.(text, random) ?? Buffer.alloc(0) }
}

function fragments(text: string, random: Random, between: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.from(text)
  const at = random.below(bytes.length + 1)
  return Buffer.concat([
    frameBytes(bytes.subarray(0, at), { fin: false }),
    between,
    frameBytes(bytes.subarray(at), { opcode: opcodes.continuation }),
  ])
}

function closeBytes(code: number, random: Random): Buffer {
  const body = Buffer.alloc(2)
  body.writeUInt16BE(code)
  const reason = random.chance(0.3) ? random.bytes(random.below(60)) : Buffer.from("enough")
  return frameBytes(Buffer.concat([body, reason]), { opcode: opcodes.close })
}
