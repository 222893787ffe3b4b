// Runs in the page. An expression, so that its value is what `evaluate` returns.
(() => {
  const lines = (range) => new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    // Key ids as pages write them shortened. Whole ones, in commands, are longer than a small screen.
    for (const { index, 0: id } of node.data.matchAll(/…\s?[A-Z0-9]{4}\b/g)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + id.length);
      if (lines(range) > 1) {
        broken.push(`${id} in ${node.data.trim().slice(0, 80)}`);
      }
    }
  }
  const root = document.documentElement;
  const wider = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
    .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`);
  const buttons = [...document.querySelectorAll('form')].map((form) => ({
    fields: [...new Set([...form.elements].map(({ name }) => name).filter((name) => name !== ''))],
    folded: !form.checkVisibility(),
    bottom: Math.ceil(form.querySelector('button')?.getBoundingClientRect().bottom ?? 0) + window.scrollY,
  }));
  const refuses = document.getElementById('problem') !== null;
  return { broken, wider: root.scrollWidth > root.clientWidth ? wider : [], buttons, refuses };
})();
