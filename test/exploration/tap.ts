/** The death of an invocation, as its driver sees it. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** A failure that a test put in: a port that did not answer as it should. */
export class Injected extends Error {
  override readonly name = 'Injected';
}

/** One invocation of a function. Once dead it runs nothing further: none of its calls is made or ever answers. */
export interface Invocation {
  /** Which use case. */
  readonly of: string;
  alive(): boolean;
  die(): Promise<never>;
  /** Rejects when the invocation dies. */
  readonly death: Promise<never>;
}

/** One call of a port, numbered through the whole run. */
export interface Call {
  readonly n: number;
  /** Use case, port and method, `reconcile cases.commit`. */
  readonly site: string;
  readonly by: Invocation;
}

/** What stands between a use case and its ports. */
export type Intercept = (call: Call, make: () => Promise<unknown>) => Promise<unknown>;

/** An answer that never comes. */
export function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}

export function invocationOf(useCase: string): Invocation {
  let alive = true;
  let report: (crash: Crash) => void = () => undefined;
  const death = new Promise<never>((_, reject) => {
    report = reject;
  });
  death.catch(() => undefined);
  return {
    of: useCase,
    alive: () => alive,
    death,
    die() {
      alive = false;
      report(new Crash(useCase));
      return never();
    },
  };
}

/** A port all of whose methods go through one function, whatever methods it has: a new one cannot be forgotten. */
export function tapped<P extends object>(
  name: string,
  port: P,
  through: (method: string, make: () => Promise<unknown>) => Promise<unknown>,
): P {
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') {
        return value;
      }
      return (...args: unknown[]) =>
        through(`${name}.${String(property)}`, async (): Promise<unknown> => value.apply(target, args));
    },
  });
}
