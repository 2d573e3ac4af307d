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
export type { Ref, Told } from "./ref.ts"
export type { DeadLetter, DeadLetterReason, DeadLetters } from "./runtime/dead-letters.ts"
export { Ring } from "./runtime/ring.ts"
export type { Counters, Crash, SystemOptions } from "./runtime/runtime.ts"
export type { Budget, Defer, Order } from "./runtime/scheduler.ts"
export { ActorSystem } from "./runtime/system.ts"
export type { Backoff, Decision, Supervision } from "./supervision.ts"
export { permanent, standard, temporary } from "./supervision.ts"
export type { Watchable, Watcher } from "./watchable.ts"
