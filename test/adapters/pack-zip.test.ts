import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { zipped } from '../../functions/adapters/pack-zip.ts';
import { aPack } from '../fakes/packs.ts';

/** The entries of an archive, with their content. */
async function unpacked(bytes: Uint8Array): Promise<{ entry: Entry; content: string }[]> {
  const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer);
  const zip = await open(Buffer.from(bytes), { lazyEntries: true });
  const found: { entry: Entry; content: string }[] = [];
  const ended = new Promise<void>((resolve, reject) => zip.once('end', resolve).once('error', reject));
  zip.on('entry', (entry: Entry) => {
    zip.openReadStream(entry, async (_error, stream) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk as Buffer);
      }
      found.push({ entry, content: Buffer.concat(chunks).toString('utf8') });
      zip.readEntry();
    });
  });
  zip.readEntry();
  await ended;
  return found;
}

describe('an archive', () => {
  it('has every file with its content, in the order of their names', async () => {
    const { manifest, files } = aPack();
    const all = [manifest, ...files, { name: 'manifest.sig', content: new Uint8Array([48, 1, 2]) }];
    const found = await unpacked(await zipped(all));
    expect(found.map(({ entry }) => entry.fileName)).toEqual(all.map(({ name }) => name).sort());
    for (const { name, content } of [manifest, ...files]) {
      expect(found.find(({ entry }) => entry.fileName === name)?.content).toBe(content);
    }
  });

  it('has ordinary files only, all of the same time', async () => {
    const found = await unpacked(
      await zipped([
        { name: 'a/b.txt', content: 'x' },
        { name: 'c', content: '' },
      ]),
    );
    for (const { entry } of found) {
      expect(entry.externalFileAttributes >>> 16).toBe(0o100644);
      expect(entry.getLastModDate().getFullYear()).toBe(2000);
      expect(entry.extraFields).toEqual([]);
    }
  });

  it('has the same bytes for the same files, in whichever order', async () => {
    const [one, two] = [
      { name: 'a', content: '1' },
      { name: 'b', content: '2' },
    ];
    expect(await zipped([one, two])).toEqual(await zipped([two, one]));
  });

  it.each(['/etc/passwd', '../up', 'a/../../up', 'C:/x'])('refuses a path such as %s', async (name) => {
    await expect(zipped([{ name, content: '' }])).rejects.toThrow();
  });

  it('refuses two files with one name', async () => {
    await expect(
      zipped([
        { name: 'a', content: '1' },
        { name: 'a', content: '2' },
      ]),
    ).rejects.toThrow(/same name/);
  });
});
