/** The README of a frozen release. */
export function readmeOf(version: string, commit: string): string {
  return `# Release ${version}, frozen

What release ${version} of Solekey stores and ships, as of commit ${commit}. Every later release must read it: tests deploy
it, upgrade it, and hand its items, links and open pages to newer code. **Never edit these files**, whatever later code
would like them to be; \`npm run freeze\` made them and refuses to overwrite them.

- \`items/\`: one file a kind of item, for cases one a phase (\`case/held-unknown.json\`); each item with the story or play that
  it is from. \`items/users/\`: users whole, with every history entry. \`items/messages.json\`: what Solekey sends to its own queue.
- \`links.json\`: mailed links with their claims. The story's were signed by the sandbox's KMS, so only what they say counts;
  the plays' with the text "a key for tests" (HMAC-SHA-256), so their MACs and the proofs of their requests can be checked.
- \`pages/\`: pages as people have them open; \`pages.json\` has each one's path, case, and what its form sends.
- \`template.json\`, \`settings.json\`: what \`npm run synth\` makes of the example's settings, and the settings in its bundles.
- \`bundles/bundles.json.br\`: the functions' code by handler, as one JSON object, compressed with Brotli.
- \`sandbox/\`: the cloud assembly with the settings of the story. \`launchWorld({ release: '<this folder>', ... })\` deploys it
  (sandbox/launch/thaw.ts) and puts its own address and times in; the story that these items are from was played on it.
- Items are plain JSON: DynamoDB types follow from it, since this release stores no sets, no bytes and no long numbers.
`;
}
