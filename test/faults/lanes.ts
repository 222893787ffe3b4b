/** The processes that run the faults, two at a time on a machine of two cores. */
import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Order } from './lane.ts';

/** Longer than any of these tests takes on a busy machine, if nothing else is known. */
const HANGS_AFTER_MS = 600_000;

const HANGS = 'the tests do not end';

/** One process. A fault may make it hang: then it is ended, and the next order gets a new one. */
export class Lane {
  private child: ChildProcess | null = null;
  private copy: string | null = null;

  /**
   * Tests that take longer than `limit` milliseconds do not end, and a fault is caught by that as well. It is believed
   * when it happens twice: a machine may stand still for a while.
   */
  async run(order: Order, limit = HANGS_AFTER_MS): Promise<Answer> {
    const first = await this.once(order, limit);
    return first.failed === HANGS ? this.once(order, limit) : first;
  }

  private async once(order: Order, limit: number): Promise<Answer> {
    const child = this.child ?? (await this.begun());
    return new Promise((resolve, reject) => {
      const done = (end: () => void) => {
        clearTimeout(timer);
        child.removeAllListeners();
        end();
      };
      const timer = setTimeout(() => {
        done(() => resolve({ failed: HANGS, files: 1 }));
        this.end();
      }, limit);
      child.once('message', (answer: Answer) => done(() => resolve(answer)));
      child.once('exit', () => {
        this.child = null;
        done(() => reject(new Error('A process that runs tests has ended.')));
      });
      child.send(order);
    });
  }

  end(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
    if (this.copy !== null) {
      rmSync(this.copy, { recursive: true, force: true });
    }
  }

  private begun(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, 'lane.ts'), {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child = child;
    return new Promise((resolve, reject) => {
      child.once('message', (copy: string) => {
        this.copy = copy;
        child.removeAllListeners();
        resolve(child);
      });
      child.once('exit', () => reject(new Error('A process that runs tests did not begin.')));
    });
  }
}
