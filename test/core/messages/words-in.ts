/** The first line of the foot, which is the same in all mails. */
export const FOOT =
  /\n\n(?:\[(?:\.|@|\/\/)\] stands for|This link (?:is personal|only shows)|To check in account)/;

/** Most words before the foot (voice.md: under about 110). A link and a command are not read. */
export const MOST_WORDS = 110;

/** The paragraphs before the foot. */
export function paragraphs(body: string): string[] {
  return body.slice(0, body.search(FOOT)).split('\n\n');
}

/** True for a line that is copied, not read. */
export const isCopied = (line: string): boolean => /^(?:https:|aws iam )/.test(line);

/** The number of words before the foot. */
export function wordsIn(body: string): number {
  const read = paragraphs(body).flatMap((text) => text.split('\n').filter((line) => !isCopied(line)));
  return read.join(' ').split(/\s+/).length;
}
