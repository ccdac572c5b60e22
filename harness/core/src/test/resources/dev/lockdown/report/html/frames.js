// What ChromiumTest looks at in each frame: said as items of the list, `frame.what=value`.
const say = (frame, what, value) => {
  const item = document.createElement('li');
  item.textContent = frame.name + '.' + what + '=' + value;
  document.querySelector('ul').append(item);
};
const until = async what => {
  for (let i = 0; i < 1000 && !what(); i++) await new Promise(done => setTimeout(done, 10));
};

const look = async frame => {
  const page = frame.contentDocument, view = frame.contentWindow;
  const all = query => [...page.querySelectorAll(query)], one = query => page.querySelector(query);
  const scenarios = all('.scenario');
  say(frame, 'before', `${all('.steps').length} of ${scenarios.length} drawn`);
  scenarios.forEach(s => { s.open = true; });
  await until(() => all('.steps').length === scenarios.length);
  const shut = () => all('details:not([open])');
  for (let i = 0; i < 3 && shut().length; i++) {
    shut().forEach(d => { d.open = true; });
    await until(() => !all('.fold[open]').some(d => d.children.length === 1));
  }
  const elements = all('main *, header *, nav *');
  const scrolls = e => e.closest('.box, pre, .unseen, .contents');
  say(frame, 'sideways', page.documentElement.scrollWidth - page.documentElement.clientWidth);
  say(frame, 'cut', elements.filter(e => !scrolls(e) && e.getBoundingClientRect().right > view.innerWidth + 0.5).length);
  say(frame, 'scrolling', all('.box').filter(e => e.scrollWidth > e.clientWidth).length);
  say(frame, 'resources', view.performance.getEntriesByType('resource').length);
  say(frame, 'visible', all('.scenario h4').filter(e => e.getBoundingClientRect().height > 0).length);
  say(frame, 'steps', all('.step').length);
  say(frame, 'flows', all('.scenario .flows tbody tr').length);
  say(frame, 'pictures', `${all('.graph').length}, ${all('.graph .edge').length} edges, ${all('.graph .label').length} labels`);
  say(frame, 'picture', all('.ways .picture').every(p => view.getComputedStyle(p).display === 'none') ? 'table' : 'drawn');
  const node = one('.graph .node');
  node.dispatchEvent(new view.FocusEvent('focus'));
  const graph = node.closest('.graph');
  say(frame, 'lit', [...graph.querySelectorAll('.edge')].every(e => e.classList.contains('lit') !== e.classList.contains('faint')));
  node.dispatchEvent(new view.FocusEvent('blur'));
  say(frame, 'unlit', graph.querySelectorAll('.lit, .faint').length);
  say(frame, 'differs', all('.differs').length);
  say(frame, 'table', [...one('.differs').closest('table').querySelectorAll('th, td')].map(c => c.textContent).join('|'));
  say(frame, 'stacked', view.getComputedStyle(one('.flows td')).display);

  const search = async (what, change) => {
    one('.filter').reset();
    change();
    one('#query').dispatchEvent(new Event('input', {bubbles: true}));
    await new Promise(done => setTimeout(done, 100));
    const hit = all('.scenario:not([hidden]) .hit');
    say(frame, what, one('.found').textContent + (hit.length === 1 ? `, because of ${hit[0].textContent}` : ''));
  };
  const type = text => () => { one('#query').value = text; };
  await search('flow', type('to SERVICE:shop/none'));
  await search('policy', type('shop/allow-dns applied'));
  await search('step', type('is relabelled "app=other"'));
  await search('name', type('names, the API and metrics'));
  await search('nothing', type('no such text anywhere'));
  await search('status', () => all('.filter [type=checkbox]').forEach(c => { c.checked = c.value === 'failed' || c.value === 'broken'; }));
  await search('tag', () => { one('#tag').value = '@dns'; });
  await search('feature', () => { one('#feature').selectedIndex = 2; });
  await search('reset', () => {});

  const first = one('a[href], summary, [tabindex]');
  first.focus();
  say(frame, 'skip', page.activeElement === first ? first.hash.slice(1) : 'nothing');
  const link = one('.trust a'), target = page.getElementById(link.hash.slice(1)).closest('details');
  target.open = false;
  view.location.hash = link.hash;
  await new Promise(done => setTimeout(done, 100));
  say(frame, 'linked', target.open);
};
onload = async () => { for (const frame of document.querySelectorAll('iframe')) await look(frame); };
