import { names } from "../frames/words.ts"

/** The paths of all routes, with `:id` for a user. */
export const routes = [
  "/",
  "/users",
  "/users/:id",
  "/health/live",
  "/health/ready",
  "/metrics",
  "/files",
  "/files/:id",
  "/docs",
  "/openapi.json",
  "/asyncapi.json",
  "/join",
  "/favicon.ico",
  "/assets/nothing.js",
  "/u/:id",
  "/u/:id/",
  "/u/:id/people",
  "/u/:id/:id",
  "/u/:id/leave",
  "/u/:id/rename",
  "/u/:id/block",
  "/u/:id/unblock",
  "/u/:id/socket",
  "/ws",
  "/ws/:id",
] as const

export const methods = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"] as const

export const queries = [
  "",
  "?q=a",
  "?q=%",
  "?q=%00",
  "?q=%F0%9F%98%80",
  `?q=${"a".repeat(3000)}`,
  "?limit=0",
  "?limit=201",
  "?limit=-1",
  "?limit=1e3",
  "?limit=99999999999999999999",
  "?after=-1",
  "?after=999999999999999999",
  "?after=1&epoch=x",
  "?after=x&epoch=%ZZ",
  "?epoch=1",
  "?q=a&q=b&limit=1&limit=2",
  "?__proto__=1&constructor=2",
  "??&&==#",
] as const

const encodedNames = names.map((name) => encodeURIComponent(name.toWellFormed()))
export const segments = [
  "%",
  "%zz",
  "%00",
  "%2F",
  "..",
  ".",
  "%2e%2e",
  "%C0%AF",
  "%ED%A0%80",
  "~",
  ";x=1",
  ...encodedNames,
]

export const handshake = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
] as const

export const oddHandshakes = [
  "Sec-WebSocket-Key: short",
  "Sec-WebSocket-Version: 99",
  "Sec-WebSocket-Protocol: duet.v2",
  "Sec-WebSocket-Protocol: duet.v1, duet.key.short",
  "Sec-WebSocket-Protocol: ,,,",
  "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99",
  "Origin: null",
  "Origin: https://other.example",
  "Origin: %",
] as const

export const oddHeaders = [
  "Accept: text/html;q=x",
  "Accept-Encoding: br;q=9, *;q=-1, gzip;;;",
  "Range: bytes=0-0,5-1,-",
  "If-None-Match: *",
  "Expect: 100-continue",
  "Expect: the-worst",
  "Connection: close, upgrade",
  "Upgrade: h2c",
  "X-Forwarded-Host: %%%",
  "X-Forwarded-Host: a, b, c",
  "X-Forwarded-Proto: javascript",
  "X-Forwarded-For: ",
  "X-Forwarded-For: not-an-address",
  "X-Forwarded-For: [2001:db8::1]:99, 999.999.999.999",
  "Forwarded: for=unknown",
  "Referer: ::::",
  "Origin: null",
  "HX-Request: true",
  "HX-Request: true\r\nHX-Target: \u0000",
  "Authorization: Bearer x",
  ": nameless",
  "no colon",
  "Na me: x",
  "X-Nul: \u0000",
  " folded: x",
  "Content-Encoding: gzip",
  "Trailer: x",
] as const

export const cookies = [
  "duet=",
  "duet=%",
  "duet=%00",
  `duet=${"A".repeat(43)}.mallory`,
  `duet=${"A".repeat(43)}.%ZZ; duet=${"B".repeat(43)}.x`,
  "duet_known=|||",
  `duet_known=${"x".repeat(3900)}`,
  "duet_theme=<script>",
  "=; ;;=x",
  "__proto__=1",
  "duet_strayed=1; duet_theme=dark",
] as const

export const oddChunks = [
  "zz\r\nname\r\n0\r\n\r\n",
  "-1\r\n\r\n0\r\n\r\n",
  "ffffffffffffffff\r\nx",
  "5;ext=1\r\nname=\r\n0\r\nTrailer: x\r\n\r\n",
  "5\r\nname=",
  "0\r\n\r\n\r\n\r\n",
  "5\nname=\n0\n\n",
] as const

export const forms: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ["application/x-www-form-urlencoded", "name=%&name=%00&user_id=x"],
  ["application/x-www-form-urlencoded", "&&&=&%ZZ=%ZZ"],
  ["application/x-www-form-urlencoded", `name=${encodedNames[8]}`],
  ["application/json", '{"name":{"__proto__":1}}'],
  ["application/json", "{"],
  ["multipart/form-data", "--x"],
  ["multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nm\r\n--x--'],
  [
    "multipart/form-data; boundary=x",
    '--x\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\nm\r\n--x--',
  ],
  ["multipart/form-data; boundary=", "--\r\n\r\n--"],
  ["text/plain", "name=mallory"],
  ["\u0000", ""],
]
