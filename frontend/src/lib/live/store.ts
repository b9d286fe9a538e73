/** A value that can be watched; follows Svelte's store contract, so `$status` works in a component. */

export type Readable<T> = {
  get(): T;
  subscribe(listener: (value: T) => void): () => void;
};

export type Writable<T> = Readable<T> & { set(value: T): void };

export function writable<T>(initial: T): Writable<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(value);
      return () => void listeners.delete(listener);
    },
  };
}
