// What ChromiumTest looks at of a timeline: said as items of the list, `frame.what=value`.
const say = (frame, what, value) => {
  const item = document.createElement('li');
  item.textContent = frame.name + '.' + what + '=' + value;
  document.querySelector('ul').append(item);
};
const until = async what => {
  for (let i = 0; i < 1000 && !what(); i++) await new Promise(done => setTimeout(done, 10));
};
onload = async () => {
  const frame = document.querySelector('iframe'), page = frame.contentDocument, view = frame.contentWindow;
  const one = query => page.querySelector(query);
  one('.scenario').open = true;
  await until(() => one('.strip'));
  const box = one('.strip .seen-open').getBoundingClientRect(), strip = one('.strip').getBoundingClientRect();
  say(frame, 'width', box.width.toFixed(2));
  say(frame, 'height', box.height > 8);
  say(frame, 'place', ((box.left - strip.left) / strip.width).toFixed(2));
  const link = one('.failure .spot');
  one('.scenario').open = false;
  view.location.hash = link.hash;
  await until(() => one('.failing'));
  say(frame, 'opened', one('.scenario').open);
  say(frame, 'told', one('.marked').textContent);
  const marked = one('.failing').getBoundingClientRect(), strips = one('.strip').getBoundingClientRect();
  say(frame, 'seen', marked.left >= strips.left && marked.right <= strips.right && marked.width > 1);
  say(frame, 'shown', one('.scale').textContent);
  say(frame, 'asked', one('.asked').firstChild.textContent);
};
