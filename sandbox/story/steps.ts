import type { Say } from '../world/say.ts';

export interface Step {
  readonly at: string;
  readonly title: string;
  readonly ok: boolean;
}

/** The story's log: prints each step as it happens and keeps it for the record. */
export class Steps {
  readonly #say: Say;
  readonly #began = Date.now();
  readonly #all: Step[] = [];

  constructor(say: Say) {
    this.#say = say;
  }

  get all(): readonly Step[] {
    return this.#all;
  }

  add(title: string, ok = true): void {
    this.#all.push({ at: new Date().toISOString(), title, ok });
    const seconds = ((Date.now() - this.#began) / 1_000).toFixed(1).padStart(5);
    this.#say(`${seconds} s  ${ok ? '' : 'FAILED: '}${title}`);
  }
}
