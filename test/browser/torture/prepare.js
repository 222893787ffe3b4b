// Runs in the page, with numbers drawn at random and texts to write: opens what is folded, ticks, chooses and writes.
([shares, texts]) => {
  let place = 0;
  const next = () => shares[place++ % shares.length];
  for (const folded of document.querySelectorAll('details')) {
    folded.open = true;
  }
  for (const form of document.forms) {
    // A browser keeps a form back in which a required field is empty. Programs go past that.
    form.noValidate = true;
    for (const field of form.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      if (field.tagName === 'SELECT') {
        field.selectedIndex = Math.floor(next() * field.options.length);
      } else if (field.tagName === 'TEXTAREA' || field.type === 'text') {
        field.value = texts[Math.floor(next() * texts.length)];
      } else if (next() < 0.6) {
        field.checked = true;
      }
    }
  }
  return { forms: document.forms.length, links: document.links.length };
};
