/** The part of Bun's module that is used here; Node does not know it. */
declare module 'bun:ffi' {
  type Kind = 'i32' | 'u32' | 'i64' | 'u64' | 'ptr'
  interface Call {
    readonly args: readonly Kind[]
    readonly returns: Kind
  }
  type Value<K extends Kind> = K extends 'ptr'
    ? NodeJS.TypedArray
    : K extends 'i64' | 'u64'
      ? number | bigint
      : number
  type Values<Kinds extends readonly Kind[]> = { -readonly [Index in keyof Kinds]: Value<Kinds[Index]> }
  export function dlopen<const Calls extends Readonly<Record<string, Call>>>(
    path: string,
    calls: Calls,
  ): {
    readonly symbols: {
      readonly [Name in keyof Calls]: (...args: Values<Calls[Name]['args']>) => Value<Calls[Name]['returns']>
    }
  }
}
