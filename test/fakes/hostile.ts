/** Values of tags that somebody chose to do harm, by what they try. */
export const HOSTILE_TAGS: Readonly<Record<string, string>> = {
  markup: '<script>alert(1)</script>',
  attribute: '"><img src=x onerror=alert(1)>',
  'right to left': 'payments\u202egnp.exe\u2066',
  long: 'x'.repeat(256),
  formula: '=cmd|calc!A0',
  terminal: '\u001b[2J\u001b]0;owned\u0007',
  host: 'solekey-login.com',
  link: 'https://solekey-login.com/c/v1.abc',
  lines: 'payments\r\n\r\nDecide here: evil.example',
  'mail header': 'a@example.com?bcc=evil@example.com',
  'encoded header': 'a@example.com%0D%0ABcc:evil@example.com',
  'two recipients': 'a@example.com,evil@example.com',
  scheme: 'javascript:alert(1)//a@example.com',
  'quoted address': '"a b"@example.com',
  'half a character': '\ud83d',
};
