import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests of the judgement itself, then those of the case, then all others, which play whole cases. */
const NARROW = ['test/core/judge/', 'test/core/case/', 'test/core/'];

/** Most mutants are killed by the narrowest tests, so that the others need not even be loaded. */
export class NarrowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = NARROW.findIndex((part) => moduleId.includes(part));
      return found === -1 ? NARROW.length : found;
    };
    return [...files].sort((a, b) => place(a) - place(b));
  }
}
