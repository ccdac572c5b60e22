/*<![CDATA[*/
'use strict';
// Draws what PackedRun wrote: the inside of a scenario when it is opened, its flows when they are. Every text comes from
// the data as it is; nothing here reads one.
(() => {
  const find = (query, root = document) => root.querySelector(query);
  const scenarios = [...document.querySelectorAll('.scenario')];
  const form = find('.filter');
  let data = null, unpacking = null;

  const unpack = () => unpacking ??= (async () => {
    const binary = atob(find('#packed').textContent);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    const stream = new ReadableStream({start(one) { one.enqueue(bytes); one.close(); }}).pipeThrough(new DecompressionStream('deflate'));
    const packed = JSON.parse(await new Response(stream).text());
    return data = {...packed, scenarios: packed.order.map(number => packed.scenarios[number])};
  })();
  const text = number => data.texts[number ?? 0];
  const list = number => data.lists[number].map(text);

  // --- making elements ---
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.flat().filter(child => child !== '' && child !== null));
    return element;
  };
  const lines = texts => texts.map(t => make('div', {}, t));
  const box = (label, child) => make('div', {class: 'box', tabindex: 0, role: 'region', 'aria-label': label}, child);
  const pre = content => make('pre', {tabindex: 0}, content);
  const words = mark => `${mark[0]} ${mark[1]}`;
  const fold = (kind, summary, open, draw) => {
    const details = make('details', {class: `fold ${kind}`}, make('summary', {}, summary));
    const once = () => { if (details.open && details.children.length === 1) details.append(...[draw()].flat()); };
    details.addEventListener('toggle', once);
    details.open = open;
    once();
    return details;
  };

  // --- a scenario's inside ---
  const drawObjects = change => (change.objects ?? []).map(object =>
    fold('yaml', [make('b', {}, text(object.name)), object.place ? ` · ${text(object.place)}` : ''], false, () => pre(text(object.yaml))));
  const drawChange = change => [
    make('p', {class: 'muted'}, text(change.words), change.enforced ? ` · enforced on every node after ${text(change.enforced)}` : ''),
    ...drawObjects(change)];

  const drawTable = (judged, where) => {
    const cell = number => {
      if (number < 0) return make('td', {class: 'quiet'}, '– ', make('span', {class: 'unseen'}, 'not asked'));
      const [wanted, observed, agrees] = data.findings[judged.finding[number]];
      if (agrees) return make('td', {class: data.marks[observed][2]}, words(data.marks[observed]));
      return make('td', {class: 'differs'}, make('span', {}, make('b', {}, '≠ expected'), ` ${words(data.marks[wanted])}`),
        make('span', {}, make('b', {}, '≠ observed'), ` ${words(data.marks[observed])}`));
    };
    const title = text(judged.title);
    return box(`Truth table, ${where}`, make('table', {class: 'matrix'},
      make('caption', {}, `${title}${title && ', '}expected beside observed (one word where they agree) · ${text(judged.rounds)}`),
      make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'from \\ to'), judged.table.columns.map(c => make('th', {scope: 'col'}, text(c))))),
      make('tbody', {}, judged.table.rows.map((row, i) => make('tr', {}, make('th', {scope: 'row'}, text(row)), judged.table.cells[i].map(cell))))));
  };

  const drawFlow = (judged, number) => {
    const [wanted, observed, agrees, because, control, likely] = data.findings[judged.finding[number]];
    const cell = (what, ...children) => make('td', {role: 'cell', 'data-is': what}, ...children);
    return make('tr', {role: 'row'}, make('th', {scope: 'row', role: 'rowheader'}, text(judged.flow[number])),
      cell('expected', words(data.marks[wanted])), cell('decided by', lines(list(because))),
      cell('observed', agrees ? '' : make('b', {class: 'bad'}, '≠ '), `${words(data.marks[observed])}, ${text(judged.how[number])}`),
      cell('evidence', lines(list(judged.evidence[number])), control ? lines([`control: ${text(control)}`]) : [],
        likely ? lines([`likely cause: ${text(likely)}`]) : []));
  };
  const drawFlows = (judged, where) => {
    const title = text(judged.title);
    const head = ['flow', 'expected', 'decided by', 'observed', 'evidence'].map(h => make('th', {scope: 'col', role: 'columnheader'}, h));
    return box(`Flow by flow, ${where}`, make('table', {class: 'wide flows', role: 'table'},
      make('caption', {}, `${title}${title && ' · '}${text(judged.rounds)}`),
      make('thead', {role: 'rowgroup'}, make('tr', {role: 'row'}, head)),
      make('tbody', {role: 'rowgroup'}, judged.flow.map((_, number) => drawFlow(judged, number)))));
  };
  const drawJudged = (judged, where) => {
    const single = judged.flow.length === 1, differ = judged.finding.filter(f => !data.findings[f][2]).length || '';
    const mark = data.marks[data.findings[judged.finding[0]][1]];
    const digest = single ? `${words(mark)}, ${text(judged.how[0])}`
      : `${judged.flow.length.toLocaleString('en')} flows${differ && `, ${differ} of them not as expected`}: which rule decides, and what was seen`;
    // Of many, the failures at the top of the page show those that differ.
    const open = single && differ;
    return [judged.table ? drawTable(judged, where) : '',
      fold(single ? 'one' : 'many', digest, open, () => drawFlows(judged, where))];
  };

  const drawStep = (step, scenario) => {
    const mark = data.marks[step.mark];
    const more = [step.argument ? pre(text(step.argument)) : '', step.problem ? pre(text(step.problem)) : '',
      ...(step.measured ?? []).map(([told, spot]) => make('p', {class: spot ? 'asked' : 'muted'}, text(told), spot ? [' · ', make('a', {class: 'spot', href: `#${spot}`}, 'show it on the timeline')] : '')),
      ...step.changes.flatMap(drawChange), step.others ? make('p', {class: 'muted'}, `and ${step.others.toLocaleString('en')} more changes, all in journal.jsonl`) : '', ...step.judged.flatMap(judged => drawJudged(judged, `line ${step.line} of ${scenario}`))].filter(child => child !== '');
    return make('li', {class: 'step'},
      make('div', {class: 'step-line'},
        make('span', {class: `end ${mark[2]}`}, make('span', {'aria-hidden': true}, mark[0]), ` ${mark[1]}`),
        make('p', {}, make('b', {}, text(step.keyword)), ` ${text(step.text)}`),
        make('span', {class: 'when'}, `line ${step.line} · ${text(step.took)}`)),
      more.length ? make('div', {class: 'more'}, more) : '');
  };
  // --- the application as a graph ---
  const NODE = {width: 196, height: 30};
  const svg = (tag, attributes, ...children) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  /* The heads of all arrows of the page. */
  const drawTips = () => find('.tips') ?? document.body.append(svg('svg', {class: 'tips', 'aria-hidden': true}, svg('defs', {}, ...data.ways.map(([style]) =>
    svg('marker', {id: `tip-${style}`, viewBox: '0 0 10 10', refX: 9, refY: 5, markerUnits: 'userSpaceOnUse', markerWidth: 9, markerHeight: 9, orient: 'auto'},
      svg('path', {class: `tip ${style}`, d: 'M0 0L10 5L0 10z'}))))));
  const drawGraph = (graph, where) => {
    drawTips();
    const frames = graph.frames.map(([name, x, y, width, height]) => svg('g', {class: 'group'},
      svg('rect', {x, y, width, height, rx: 8}), svg('text', {x: x + 14, y: y + 20}, text(name))));
    const nodes = graph.nodes.map(([, told, x, y]) => svg('g', {class: 'node', tabindex: 0, role: 'img', 'aria-label': text(told)},
      svg('title', {}, text(told)), svg('rect', {x, y, ...NODE, rx: 5})));
    /* What lies over the edges that run behind a node. */
    const faces = graph.nodes.map(([label, , x, y]) => svg('g', {class: 'face', 'aria-hidden': true},
      svg('rect', {x: x + 2, y: y + 2, width: NODE.width - 4, height: NODE.height - 4, rx: 4}), svg('text', {x: x + 10, y: y + 20}, text(label))));
    const edges = graph.lines.map(([, , way, told, path, label, x, y, quiet, reasons]) => {
      const [style, , dashes] = data.ways[way];
      return svg('g', {class: `edge ${style}`, tabindex: 0, role: 'img', 'aria-label': text(told)},
        svg('title', {}, [text(told), ...list(reasons)].join('\n')), svg('path', {class: 'near', d: text(path)}),
        svg('path', {class: 'line', d: text(path), 'stroke-dasharray': dashes || 'none', 'marker-end': `url(#tip-${style})`}),
        svg('text', {class: quiet ? 'label quiet' : 'label', x, y}, text(label)));
    });
    nodes.forEach((node, n) => {
      const show = on => edges.forEach((edge, e) => {
        const ends = graph.lines[e][0] === n || graph.lines[e][1] === n;
        edge.classList.toggle('lit', on && ends);
        edge.classList.toggle('faint', on && !ends);
      });
      for (const event of ['pointerenter', 'focus']) node.addEventListener(event, () => show(true));
      for (const event of ['pointerleave', 'blur']) node.addEventListener(event, () => show(false));
    });
    const [width, height] = graph.size;
    const picture = svg('svg', {class: 'graph', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': `Flows as a graph, ${where}`},
      ...frames, ...nodes, ...edges, ...faces);
    const used = [...new Set(graph.lines.map(line => line[2]))];
    const row = ([, , way, told, , , , , , reasons]) => make('tr', {class: data.ways[way][0]},
      make('td', {'data-of': 'flow'}, text(told)), make('td', {'data-of': 'because'}, lines(list(reasons))));
    return make('figure', {class: 'ways'}, make('div', {class: 'box picture', tabindex: 0, role: 'region', 'aria-label': `Picture, ${where}`}, picture),
      make('figcaption', {}, used.map(way => make('span', {class: 'key'}, svg('svg', {width: 44, height: 12, 'aria-hidden': true},
        svg('path', {class: `line ${data.ways[way][0]}`, d: 'M1 6H43', 'stroke-dasharray': data.ways[way][2] || 'none'})), ` ${data.ways[way][1]}`))),
      box(`Edges of the graph, ${where}`, make('table', {class: 'edges'}, make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'flow'), make('th', {scope: 'col'}, 'because'))),
        make('tbody', {}, graph.lines.toReversed().map(row)))));
  };
  // --- watched flows ---
  const states = [['open', 4, 16], ['silent', 10, 3], ['rejected', 8, 8], ['reply lost', 12, 6], ['unknown', 18, 1], ['absent', 18, 3], ['unresolved', 4, 4]];
  const beats = [['arrived', 4, 16], ['delayed', 8, 12], ['lost', 10, 3], ['refused', 8, 8], ['unknown', 18, 1]];
  const stateClass = name => `seen-${name.replace(' ', '-')}`;
  const millis = micros => micros < 1e6 ? `${+(micros / 1000).toFixed(1)} ms` : `${+(micros / 1e6).toFixed(2)} s`;
  let hatches = 0;
  const hatch = id => svg('pattern', {id, width: 6, height: 6, patternUnits: 'userSpaceOnUse'}, svg('path', {d: 'M-1 1L1 -1M0 6L6 0M5 7L7 5', class: 'hatch'}));
  const times = (began, ended) => `from ${millis(began)} to ${millis(ended)}`;
  const found = ([from, to], at) => from <= at && at <= to;
  /* What a strip shows of a time, pixel by pixel: each has all that was seen in it, so that the shortest spike is one pixel wide. In pixels,
     since the numbers of a drawing are too coarse for microseconds of half an hour. */
  const columns = (spans, from, pixel, y, height) => {
    let path = '', begin = -1, end = -1;
    const put = () => { if (end > begin) path += `M${begin} ${y}h${end - begin}v${height}H${begin}z`; };
    for (const [first, last] of spans) {
      const left = Math.floor((first - from) / pixel), right = Math.max(left + 1, Math.ceil((last - from) / pixel));
      if (left > end) { put(); begin = left; }
      end = Math.max(end, right);
    }
    put();
    return path;
  };
  const drawStrip = (flow, watch, views, kinds, unit) => {
    const id = `hatch-${++hatches}`, pattern = hatch(id);
    const bands = watch.disruptions ?? [], changes = watch.causes.filter(([sent]) => sent >= 0);
    const layer = (name, spans, y, height, edge, fill) => ({spans, y, height, edge, path: svg('path', {class: name, ...(fill ? {fill} : {})})});
    const layers = [...kinds.map(([name, y, height], state) => layer(stateClass(name), flow.runs.filter(run => run[2] >> state & 1), y, height)),
      layer('disrupted', bands.map(([began, healed]) => [began, healed]), 0, 24, 21, `url(#${id})`), layer('settling', bands.map(([, healed, over]) => [healed, over]), 0, 24, 21, `url(#${id})`),
      layer('change', changes.map(([sent]) => [sent, sent]), 0, 24, 0)].filter(one => one.spans.length);
    const told = flow.windows.slice(0, 12).map(w => text(w[2])), more = flow.windows.length + (flow.others ?? 0) - told.length;
    const title = svg('title', {}), marked = svg('g', {});
    const strip = svg('svg', {class: 'strip', viewBox: '0 0 900 24', preserveAspectRatio: 'none', tabindex: 0, role: 'img',
      'aria-label': `${text(flow.name)}: ${told.join('; ') || 'nothing turned'}${more > 0 ? `; and ${more.toLocaleString('en')} more` : ''}. Plus and minus zoom, arrows move.`}, title, svg('defs', {}, pattern), ...layers.map(one => one.path), marked);
    const within = (spans, from, to) => spans.filter(span => span[1] >= from && span[0] <= to);
    let from = 0, pixel = 1, mark = null;
    strip.redraw = (begin, width, shown) => {
      from = begin; pixel = width / shown;
      strip.setAttribute('viewBox', `0 0 ${shown} 24`);
      marked.replaceChildren(...(mark ? [svg('rect', {class: 'failing', x: (mark[0] - from) / pixel, width: mark[1] / pixel, y: 1, height: 22})] : []));
      for (const {spans, y, height, path, edge} of layers) {
        const seen = within(spans, from, from + width);
        /* Where there are too many to see a flow behind them, they keep to its edge. */
        const [top, high] = edge !== undefined && seen.length > 60 ? [edge, 3] : [y, height];
        path.setAttribute('d', columns(seen, from, pixel, top, high));
      }
    };
    strip.mark = (began, length) => { mark = [began, length]; };
    strip.addEventListener('pointermove', event => {
      const at = from + (event.clientX - strip.getBoundingClientRect().left) * pixel;
      const near = span => [span[0] - pixel, span[1] + pixel];
      const runs = flow.runs.filter(run => found(near(run), at)).slice(0, 4).map(([first, last, seen, samples]) =>
        `${kinds.filter((_, state) => seen >> state & 1).map(k => k[0]).join(' and ')} ${times(first, last)}, ${samples} ${unit}s`);
      const by = changes.filter(([sent]) => Math.abs(sent - at) <= 3 * pixel).slice(0, 3).map(([sent, , what]) => `${text(what)} at ${millis(sent)}`);
      const during = bands.filter(([began, , over]) => found([began, over], at)).slice(0, 3).map(([began, , over, what]) => `${text(what)}, ${times(began, over)}`);
      title.textContent = [...runs, ...by, ...during].join('\n');
    });
    views.push(strip);
    return strip;
  };
  const drawWatch = (watch, where, kinds, unit) => {
    const views = [];
    const labels = (watch.disruptions?.length > 12 ? [] : watch.disruptions ?? []).map(([began, , , told], number) => [began, make('span', {class: 'label', style: `top: ${number % 4 * 1.2}rem`}, text(told))]);
    const lane = labels.length ? [make('div', {class: 'lane', style: `height: ${Math.min(labels.length, 4) * 1.2}rem`}, ...labels.map(([, label]) => label))] : [];
    let from = 0, to = watch.end || 1;
    const scale = make('p', {class: 'muted scale'});
    const show = (begin, end) => {
      const width = Math.min(watch.end || 1, Math.max(1000, end - begin));
      from = Math.max(0, Math.min((watch.end || 1) - width, begin)); to = from + width;
      const shown = views[0]?.getBoundingClientRect().width || 900;
      for (const view of views) view.redraw(from, width, Math.round(shown));
      for (const [began, label] of labels) { label.hidden = began > to; label.style.left = `${Math.max(0, (began - from) / width * 100)}%`; }
      scale.textContent = `${millis(from)} to ${millis(to)} of ${millis(watch.end)}, a ${unit} ${text(watch.interval)}`
        + (watch.missed ? `, ${watch.missed} ${unit}s of each ${unit === 'beat' ? 'direction' : 'flow'} missed` : '');
    };
    const zoom = (factor, at) => show(at - (at - from) * factor, at + (to - at) * factor);
    const strips = watch.flows.map(flow => make('div', {class: 'watched'}, make('div', {}, text(flow.name)), drawStrip(flow, watch, views, kinds, unit)));
    const middle = () => (from + to) / 2, step = () => (to - from) / 5;
    const keys = {'+': () => zoom(.5, middle()), '-': () => zoom(2, middle()), ArrowLeft: () => show(from - step(), to - step()),
      ArrowRight: () => show(from + step(), to + step()), Home: () => show(0, watch.end)};
    for (const view of views) {
      view.addEventListener('keydown', event => { const key = keys[event.key]; if (key) { event.preventDefault(); key(); } });
      view.addEventListener('wheel', event => {
        event.preventDefault();
        const box = view.getBoundingClientRect();
        zoom(event.deltaY < 0 ? .8 : 1.25, from + (to - from) * (event.clientX - box.left) / box.width);
      }, {passive: false});
      let held = null;
      view.addEventListener('pointerdown', event => { held = event.clientX; view.setPointerCapture(event.pointerId); });
      view.addEventListener('pointermove', event => {
        if (held === null) return;
        const moved = (held - event.clientX) / view.getBoundingClientRect().width * (to - from);
        held = event.clientX;
        show(from + moved, to + moved);
      });
      view.addEventListener('pointerup', () => { held = null; });
    }
    show(0, watch.end || 1);
    const look = (flow, began, length) => {
      const room = Math.max(2e4, length);
      views[flow]?.mark(began, length);
      find('.marked', strips[flow])?.remove();
      strips[flow]?.firstChild.append(make('b', {class: 'marked bad'}, ` ✗ ${millis(length)} from ${millis(began)}`));
      show(began - room, began + length + room);
      views[flow]?.scrollIntoView({block: 'center'});
      views[flow]?.focus({preventScroll: true});
    };
    const button = (label, key) => { const made = make('button', {type: 'button'}, label); made.addEventListener('click', keys[key]); return made; };
    const windows = watch.flows.flatMap(flow => flow.windows.map(([began, , told]) => make('tr', {}, make('th', {scope: 'row'}, text(flow.name)),
      make('td', {}, millis(began)), make('td', {}, text(told)))));
    const others = watch.flows.reduce((sum, flow) => sum + (flow.others ?? 0), 0);
    const told = unit === 'beat' ? 'Fates' : 'Windows', table = () => box(`${told}, ${where}`, make('table', {class: 'windows'}, make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'flow'),
        make('th', {scope: 'col'}, 'began'), make('th', {scope: 'col'}, unit === 'beat' ? 'what became of it' : 'window'))), make('tbody', {}, windows)));
    const legend = make('p', {class: 'legend'}, ...(watch.disruptions?.length ? [make('span', {}, svg('svg', {viewBox: '0 0 24 24', width: 24, height: 16}, svg('defs', {}, hatch('hatch-legend')),
      svg('rect', {class: 'disrupted', x: 2, width: 20, y: 0, height: 24, fill: 'url(#hatch-legend)'})), ' disrupted')] : []), ...kinds.map(([name, y, height]) => make('span', {}, svg('svg', {viewBox: '0 0 24 24', width: 24, height: 16},
      svg('rect', {class: stateClass(name), x: 2, width: 20, y, height})), ` ${name}`)));
    return {look, drawn: [legend, scale, make('p', {class: 'zoom'}, button('closer', '+'), button('wider', '-'), button('earlier', 'ArrowLeft'), button('later', 'ArrowRight'), button('all', 'Home')),
      ...lane, ...strips, windows.length > 12 ? fold('all-windows', `${told}: ${windows.length.toLocaleString('en')}${others ? `, the longest; ${others.toLocaleString('en')} more in windows.json` : ''}`, false, table) : windows.length ? table() : '']};
  };

  // --- windows that came time after time ---
  /* Which part had ended after how long: a step and a dot for each that ended, a triangle for one that was longer than was seen. */
  const drawDistribution = ({flow, told, asked, bound, median, p95, p99, points}) => {
    const W = 640, H = 214, left = 44, right = 16, top = 36, bottom = 30;
    const most = Math.max(1, bound ?? 0, ...points.map(p => p[0])) * 1.04;
    const x = micros => +(left + (W - left - right) * micros / most).toFixed(1), y = share => +(H - bottom - (H - top - bottom) * share / 1000).toFixed(1);
    let path = `M${x(0)} ${y(0)}`;
    for (const [length, share, last] of points) path += last ? `H${x(length)}V${y(share)}` : `H${x(length)}`;
    const line = (name, at, label, dashes, high) => at === undefined ? [] : [svg('line', {class: `mark ${name}`, x1: x(at), x2: x(at), y1: top - 4, y2: H - bottom, 'stroke-dasharray': dashes}),
      svg('text', {x: x(at), y: high, 'text-anchor': x(at) > W * .8 ? 'end' : 'start'}, label)];
    const ticks = [0, .25, .5, .75, 1].flatMap(part => [svg('line', {class: 'axis', x1: x(most * part), x2: x(most * part), y1: H - bottom, y2: H - bottom + 4}),
      svg('text', {x: x(most * part), y: H - bottom + 16, 'text-anchor': part === 1 ? 'end' : part ? 'middle' : 'start'}, millis(most * part))]);
    const shares = [0, 500, 1000].flatMap(share => [svg('line', {class: 'grid', x1: left, x2: W - right, y1: y(share), y2: y(share)}),
      svg('text', {x: left - 6, y: y(share) + 4, 'text-anchor': 'end'}, `${share / 10} %`)]);
    const dots = points.map(([length, share, last]) => last ? svg('circle', {class: 'ended', cx: x(length), cy: y(share), r: 2.5})
      : svg('path', {class: 'longer', d: `M${x(length) - 3} ${y(share) - 4}L${x(length) + 4} ${y(share)}L${x(length) - 3} ${y(share) + 4}Z`}));
    const name = `${text(flow)} ${text(told)}${asked ? `; ${text(asked)}` : ''}`;
    return make('figure', {class: 'spread'}, make('figcaption', {}, name), make('div', {class: 'box', tabindex: 0, role: 'region', 'aria-label': `Plot, ${name}`},
      svg('svg', {class: 'curve', viewBox: `0 0 ${W} ${H}`, width: W, height: H, role: 'img', 'aria-label': `${name}. How many had ended after how long: ${points.length} points.`}, svg('title', {}, name),
        ...shares, ...ticks, svg('path', {class: 'step', d: path}), ...dots, ...line('median', median, `median ${median === undefined ? '' : millis(median)}`, '6 3', 10),
        ...line('part', p95, `p95 ${p95 === undefined ? '' : millis(p95)}`, '2 3', 20), ...line('part', p99, `p99 ${p99 === undefined ? '' : millis(p99)}`, '2 3', 10),
        ...line('bound', bound, `asked ${bound === undefined ? '' : millis(bound)}`, 'none', 30))));
  };

  const drawScenario = number => {
    const inside = find('.inside', scenarios[number]);
    if (find('.steps', inside)) return;
    const {setup, steps, graph, watches, held, place: at} = data.scenarios[number];
    const objects = setup.flatMap(change => change.objects);
    if (objects.length) inside.append(fold('setup', `Before the first policy: ${objects.length} objects`, false, () => setup.flatMap(drawObjects)));
    const place = find('.tags code', inside).textContent;
    if (graph) inside.append(fold('picture-of', `As a graph: ${graph.nodes.length} ends, ${graph.lines.length} ways between them`, false, () => drawGraph(graph, place)));
    const timelines = inside.timelines = [];
    for (const watch of watches ?? []) inside.append(fold('watch', `Watched: ${watch.flows.length} flows for ${millis(watch.end)}`, true, () => {
      const timeline = drawWatch(watch, place, states, 'sample');
      timelines.push(timeline);
      return timeline.drawn;
    }));
    const spreads = at ? data.distributions.filter(d => d.place === at) : [];
    if (spreads.length) inside.append(fold('spreads', `Windows that came again: ${spreads.length}`, spreads.length <= 6, () => spreads.map(drawDistribution)));
    for (const connection of held ?? []) inside.append(fold('watch', `Held open: ${text(connection.name)} for ${millis(connection.end)}`, true, () => drawWatch(connection, place, beats, 'beat').drawn));
    inside.append(make('ol', {class: 'steps'}, steps.map(step => drawStep(step, place))));
  };
  const sorry = (where, problem) => where.append(make('p', {class: 'why bad'}, `The data in this page cannot be drawn: ${problem}`));
  document.addEventListener('toggle', event => {
    const number = scenarios.indexOf(event.target);
    if (number < 0 || !event.target.open) return;
    unpack().then(() => drawScenario(number)).catch(problem => sorry(find('.inside', event.target), problem));
  }, true);

  // --- search and filters ---
  /* A text of the scenario that holds the query, or null. */
  const hit = (number, matches) => {
    const {setup, steps} = data.scenarios[number];
    const among = numbers => { const found = numbers.find(n => n && matches[n]); return found ? text(found) : null; };
    const ofChange = change => among([change.words, ...change.objects.flatMap(o => [o.name, o.place])]);
    for (const change of setup) { const found = ofChange(change); if (found) return found; }
    for (const step of steps) {
      const found = among([step.text, step.argument, step.problem]) ?? step.changes.map(ofChange).find(f => f)
        ?? step.judged.map(j => among(j.flow) ?? j.finding.map(f => among(data.lists[data.findings[f][3]])).find(f => f)).find(f => f);
      if (found) return found;
    }
    return null;
  };
  const excerpt = (found, query) => {
    const line = found.split('\n').find(l => l.toLowerCase().includes(query)) ?? found;
    const at = line.toLowerCase().indexOf(query);
    return make('span', {class: 'hit'}, line.slice(0, at), make('mark', {}, line.slice(at, at + query.length)), line.slice(at + query.length));
  };
  let turn = 0;
  const filter = async () => {
    const mine = ++turn;
    const query = find('#query').value.trim().toLowerCase(), tag = find('#tag').value, feature = find('#feature').value;
    const statuses = [...form.querySelectorAll('[type=checkbox]:checked')].map(c => c.value);
    if (query) await unpack();
    if (mine !== turn) return;
    const matches = query ? data.texts.map(t => t.toLowerCase().includes(query)) : [];
    let shown = 0;
    scenarios.forEach((scenario, number) => {
      const section = scenario.closest('.feature');
      find('.hit', scenario)?.remove();
      let shows = (!tag || scenario.dataset.tags.split(' ').includes(tag)) && (!feature || section.id === feature)
        && (!statuses.length || statuses.includes(scenario.dataset.status));
      if (shows && query && !`${find('h4', scenario).textContent}\n${find('.inside', scenario).firstElementChild.textContent}\n${find('.feature-head', section).textContent}`.toLowerCase().includes(query)) {
        const found = hit(number, matches);
        shows = found !== null;
        if (shows) find('summary', scenario).append(excerpt(found, query));
      }
      scenario.hidden = !shows;
      shown += shows;
    });
    document.querySelectorAll('.feature').forEach(f => { f.hidden = !find('.scenario:not([hidden])', f); });
    find('.found').textContent = `${shown} of ${scenarios.length} scenarios`;
    find('#open').disabled = shown === 0 || shown > 50;
  };
  form.addEventListener('input', () => filter().catch(problem => sorry(form, problem)));
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', event => event.preventDefault());
  find('#open').addEventListener('click', () => scenarios.filter(s => !s.hidden).forEach(s => { s.open = true; }));

  // --- links, paper, and the start ---
  /* Where the timeline shows why a step does not hold: TimelineSpot. */
  const lookAt = async (scenario, [watch, flow, began, length]) => {
    await unpack();
    drawScenario(scenarios.indexOf(scenario));
    const timeline = find('.inside', scenario).timelines[watch];
    if (timeline) timeline.look(flow, began, length);
  };
  const follow = () => {
    const [name, spot] = location.hash.slice(1).split('~');
    const target = name && document.getElementById(name);
    if (!target) return;
    if (target.closest('[hidden]')) { form.reset(); filter(); }
    const scenario = target.closest('.scenario');
    if (scenario) scenario.open = true;
    target.scrollIntoView();
    if (spot && scenario) lookAt(scenario, spot.split(',').map(Number)).catch(problem => sorry(find('.inside', scenario), problem));
  };
  addEventListener('hashchange', follow);
  // Unpacking takes its time, which printing does not give: on paper are the steps of what was unpacked before.
  addEventListener('beforeprint', () => { if (data) scenarios.forEach((scenario, number) => { if (!scenario.hidden) drawScenario(number); }); });
  form.hidden = false;
  if (matchMedia('(max-width: 64rem)').matches) find('.contents details').open = false;
  filter();
  follow();
  if (find('#packed').textContent.length < 300000) addEventListener('load', () => setTimeout(unpack));
})();
/*]]>*/
