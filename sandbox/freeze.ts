import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { telling } from './freeze/choose.ts';
import { freezeCode } from './freeze/code.ts';
import { readClaim } from './freeze/links.ts';
import { recordPlays } from './freeze/plays.ts';
import { readmeOf } from './freeze/readme.ts';
import { sortItems } from './freeze/sort.ts';
import { recordStory } from './freeze/story.ts';
import { wholeUsers } from './freeze/whole.ts';
import { Folder } from './freeze/write.ts';
import { runToEnd } from './launch/ending.ts';
import { SandboxError, sayOnTerminal } from './world/say.ts';

/**
 * `npm run freeze`: stores what this release writes and ships in test/releases/<version>, so that every later release
 * can be tested with it. Takes some minutes. `--again` replaces an existing folder.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const ONCE_TABLE = /OnceTable/;

function versionAndCommit(): { readonly version: string; readonly commit: string } {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  // The commit that last changed what ships; later commits may have changed tests only.
  const log = [
    'log',
    '-1',
    '--format=%h',
    '--',
    'functions',
    'infra',
    'cdk.json',
    'solekey.settings.example.json',
    'package-lock.json',
  ];
  return { version, commit: execFileSync('git', log, { cwd: ROOT, encoding: 'utf8' }).trim() };
}

runToEnd(sayOnTerminal, async (say, remember) => {
  const { version, commit } = versionAndCommit();
  const target = join(ROOT, 'test', 'releases', version);
  if (existsSync(target) && !process.argv.includes('--again')) {
    throw new SandboxError(
      `Release ${version} is frozen already (${target}). To do it again: npm run freeze -- --again`,
    );
  }
  const work = join(ROOT, '.sandbox', 'freeze');
  const release = join(work, version);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(release, { recursive: true });
  const folder = new Folder(release, say);
  say(`Freezing release ${version} of commit ${commit}: its code`);
  await freezeCode(folder, work);
  say('Its plays');
  const plays = await recordPlays(join(work, 'plays.json'));
  say('Its story');
  const story = await recordStory(release, say, remember);
  const stored = [...story.stored, ...plays.stored];
  const users = wholeUsers(stored);
  for (const [file, items] of sortItems(stored, ONCE_TABLE, users)) {
    folder.json(`items/${file}.json`, items);
  }
  for (const whole of users) {
    folder.json(`items/users/${fileName(whole.from)}.json`, whole);
  }
  folder.json('links.json', telling([...story.links, ...plays.links].map(readClaim)));
  for (const { name, html } of plays.pages) {
    folder.put(`pages/${name}.html`, html);
  }
  folder.json(
    'pages.json',
    plays.pages.map(({ html: _, ...page }) => page),
  );
  folder.put('README.md', readmeOf(version, commit));
  rmSync(target, { recursive: true, force: true });
  renameSync(release, target);
  rmSync(work, { recursive: true, force: true });
  say(`Release ${version} is frozen in ${target}: ${Math.ceil(folder.bytes / 1_024)} kB. Commit it.`);
  return 0;
});

function fileName(from: string): string {
  return from.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
