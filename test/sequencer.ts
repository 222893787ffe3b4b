import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, by where they are. Started first, so that none of them runs alone at the end. */
const LONG = [
  'test/e2e/deployed',
  'test/exploration/crash',
  'test/exploration/',
  'test/properties/',
  'test/sandbox/',
];

/**
 * Longest first; then one project after the other, because a worker that goes on with another project's file starts anew.
 * Vitest knows durations only from an earlier run, which a fresh clone has not had.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((part) => moduleId.includes(part));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).sort(
      (a, b) => place(a) - place(b) || a.project.name.localeCompare(b.project.name),
    );
  }
}
