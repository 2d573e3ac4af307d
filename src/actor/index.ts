export type { Inspection } from "./actor.ts"
export { AskError } from "./ask.ts"
export type {
  Behavior,
  Context,
  MailboxOptions,
  Settled,
  SpawnOptions,
  Start,
  StopReason,
  Terminated,
} from "./behavior.ts"
export { type Alarm, type Clock, systemClock } from "./clock.ts"
export type { DeadLetter, DeadLetterReason, DeadLetters } from "./dead-letters.ts"
export type { Ref, Told } from "./ref.ts"
export { Ring } from "./ring.ts"
export type { Counters, Crash, SystemOptions } from "./runtime.ts"
export type { Budget, Defer, Order } from "./scheduler.ts"
export type { Backoff, Decision, Supervision } from "./supervision.ts"
export { permanent, standard, temporary } from "./supervision.ts"
export { ActorSystem } from "./system.ts"
