'use strict';
// The explorer of one picture. Every word comes out of the JSON above and goes into the page as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const say = data.words;
  const SVG = 'http://www.w3.org/2000/svg';
  const view = document.getElementById('view');
  const svg = view.querySelector('svg');
  const panel = document.getElementById('panel');
  const find = document.getElementById('find');
  const stepBar = document.getElementById('steps');
  const drawn = [...svg.children].filter((child) => child.localName === 'g');
  const whole = svg.getAttribute('viewBox').split(' ').map(Number);
  let box = whole.slice();
  let chosen = -1;
  let step = -1;
  const closed = new Set();

  const make = (name, text, kind) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const shape = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  // What is known of the items, beside what the JSON says.
  const linksOf = data.items.map(() => []);
  const inside = data.items.map(() => []);
  data.items.forEach((item, at) => {
    if (item.kind === 'link') {
      linksOf[item.from]?.push(at);
      if (item.to !== item.from) linksOf[item.to]?.push(at);
    }
    if (item.parent !== null) inside[item.parent].push(at);
  });
  const within = (at, group) => {
    for (let up = data.items[at].parent; up !== null; up = data.items[up].parent) if (up === group) return true;
    return false;
  };

  // ---- the picture as a thing to point at ----
  svg.setAttribute('role', 'group');
  svg.removeAttribute('width');
  svg.removeAttribute('height');
  drawn.forEach((element, at) => {
    const item = data.items[at];
    if (!item || item.kind === 'legend') return;
    element.dataset.at = at;
    const shapes = [...element.querySelectorAll('rect,path')];
    if (item.kind === 'link') {
      shapes.filter((shape) => shape.localName === 'path').forEach((shape) =>
        shape.classList.add(shape.getAttribute('fill') === 'none' ? 'edge' : shape.classList.contains('f-badge') ? 'badge' : 'head'));
    } else {
      shapes[0]?.classList.add('edge');
      element.setAttribute('tabindex', '0');
      element.setAttribute('role', 'button');
      element.setAttribute('aria-label', `${item.name}, ${say[item.kind]}`);
    }
  });

  // ---- pan and zoom ----
  let fitted = true;
  const show = () => svg.setAttribute('viewBox', box.map((n) => Math.round(n * 100) / 100).join(' '));
  // The whole picture, at most at twice its size.
  const fit = () => {
    const { width, height } = view.getBoundingClientRect();
    const unit = Math.max(whole[2] / (width || 1), whole[3] / (height || 1), 0.5);
    const [wide, high] = [(width || 1) * unit, (height || 1) * unit];
    box = [whole[0] - (wide - whole[2]) / 2, whole[1] - (high - whole[3]) / 2, wide, high];
    show();
    fitted = true;
  };
  addEventListener('resize', () => { if (fitted) fit(); });
  // Length in the picture of a pixel on the screen, and the corner of what is seen.
  const measure = () => {
    const { width, height, left, top } = view.getBoundingClientRect();
    const unit = Math.max(box[2] / width, box[3] / height) || 1;
    return { unit, left: left + (width - box[2] / unit) / 2, top: top + (height - box[3] / unit) / 2 };
  };
  const toPicture = (x, y) => {
    const m = measure();
    return [box[0] + (x - m.left) * m.unit, box[1] + (y - m.top) * m.unit];
  };
  const zoom = (factor, around) => {
    const [x, y] = around || [box[0] + box[2] / 2, box[1] + box[3] / 2];
    const width = Math.min(Math.max(box[2] * factor, whole[2] / 60), whole[2] * 4);
    const scale = width / box[2];
    box = [x - (x - box[0]) * scale, y - (y - box[1]) * scale, width, box[3] * scale];
    fitted = false;
    show();
  };
  const pan = (x, y) => { box[0] += x; box[1] += y; fitted = false; show(); };
  // Brings an item into view; near enough to be read, where it is looked for.
  const centre = (at, near) => {
    const rect = drawn[at].getBBox();
    const [x, y] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
    const inView = rect.x >= box[0] && rect.y >= box[1] && rect.x + rect.width <= box[0] + box[2] && rect.y + rect.height <= box[1] + box[3];
    const unit = measure().unit;
    const readable = Math.max(1, 1.1 * rect.width * unit / box[2], 1.1 * rect.height * unit / box[3]);
    const scale = near && unit > 1.5 * readable ? readable / unit : 1;
    if (inView && scale === 1) return;
    const [width, height] = [box[2] * scale, box[3] * scale];
    box = [x - width / 2, y - height / 2, width, height];
    fitted = false;
    show();
  };
  const pointers = new Map();
  let moved = false;
  view.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    moved = false;
  });
  view.addEventListener('pointermove', (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
    if (!moved && Math.abs(dx) + Math.abs(dy) < 5) return;
    if (!moved) { moved = true; view.setPointerCapture(event.pointerId); view.classList.add('pans'); }
    const unit = measure().unit;
    const others = [...pointers].filter(([id]) => id !== event.pointerId);
    if (others.length === 1) {
      const [ox, oy] = others[0][1];
      const before = Math.hypot(last[0] - ox, last[1] - oy) || 1;
      const after = Math.hypot(event.clientX - ox, event.clientY - oy) || 1;
      zoom(before / after, toPicture(ox, oy));
    } else pan(-dx * unit, -dy * unit);
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  const release = (event) => { pointers.delete(event.pointerId); view.classList.remove('pans'); };
  view.addEventListener('pointerup', release);
  view.addEventListener('pointercancel', release);
  view.addEventListener('wheel', (event) => {
    event.preventDefault();
    const speed = event.deltaMode ? 24 : 1;
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY * speed)) / 240), toPicture(event.clientX, event.clientY));
  }, { passive: false });

  // ---- what is lit ----
  const light = (lit) => {
    svg.classList.toggle('picks', lit !== null);
    drawn.forEach((element, at) => element.classList.toggle('lit', lit !== null && lit.has(at)));
  };
  const around = (at) => {
    const lit = new Set([at]);
    const add = (link) => { lit.add(link); lit.add(data.items[link].from); lit.add(data.items[link].to); };
    if (data.items[at].kind === 'link') { add(at); return lit; }
    const parts = data.items.map((_, other) => other).filter((other) => other === at || within(other, at));
    parts.forEach((part) => { if (data.items[part].kind !== 'link') { lit.add(part); linksOf[part].forEach(add); } });
    return lit;
  };
  const forget = () => {
    chosen = -1;
    drawn.forEach((element) => element.classList.remove('chosen', 'hit'));
  };
  const clear = () => { forget(); step = -1; light(null); tellSteps(); overview(); };
  // What is asked for is seen: the groups around it open.
  const uncover = (items) => {
    const shut = closed.size;
    items.forEach((at) => [at, data.items[at].from, data.items[at].to].forEach((part) => {
      for (let up = data.items[part]?.parent ?? null; up !== null; up = data.items[up].parent) closed.delete(up);
    }));
    if (closed.size < shut) refresh();
  };
  const choose = (at, focus) => {
    forget();
    step = -1;
    chosen = at;
    uncover([at]);
    drawn[at].classList.add('chosen');
    light(around(at));
    tellSteps();
    details(at);
    if (focus) centre(at, true);
  };

  // ---- the panel ----
  const chooser = (at, text) => {
    const button = make('button', text);
    button.type = 'button';
    button.addEventListener('click', () => choose(at, true));
    return button;
  };
  const details = (at) => {
    const item = data.items[at];
    panel.replaceChildren(make('h2', item.name), make('p', item.known ? say.known : say[item.kind], 'kind'));
    item.said.forEach((text) => panel.append(make('p', text)));
    if (item.href) {
      const link = make('a', item.href);
      link.href = item.href;
      link.rel = 'noopener noreferrer';
      const line = make('p');
      line.append(link);
      panel.append(line);
    }
    const others = item.kind === 'link' ? [item.from, item.to] : linksOf[at];
    if (others.length) {
      panel.append(make('h3', item.kind === 'link' ? say.ends : say.links));
      const list = make('ul');
      others.forEach((other) => { const row = make('li'); row.append(chooser(other, data.items[other].name)); list.append(row); });
      panel.append(list);
    }
    if (item.evidence.length) {
      panel.append(make('h3', say.evidence));
      item.evidence.forEach((place) => {
        panel.append(make('p', place.name, 'place'));
        if (place.words) panel.append(make('q', place.words));
      });
    }
    if (item.kind === 'group') {
      const button = make('button', closed.has(at) ? say.open : say.close);
      button.type = 'button';
      button.addEventListener('click', () => { toggle(at); details(at); });
      panel.append(button);
    }
    const back = make('button', say.all);
    back.type = 'button';
    back.addEventListener('click', clear);
    const line = make('p');
    line.append(back);
    panel.append(line);
  };
  // Every part as it nests, for those who read rather than look.
  const overview = () => {
    panel.replaceChildren(make('h2', say.parts), make('p', data.description, 'unseen'));
    const lists = new Map();
    const root = make('ul');
    data.items.forEach((item, at) => {
      if (item.kind !== 'component' && item.kind !== 'group') return;
      const row = make('li', undefined, item.kind);
      row.append(chooser(at, item.name));
      if (item.kind === 'group') { const list = make('ul'); row.append(list); lists.set(at, list); }
      item.row = row;
    });
    data.items.forEach((item) => { if (item.row) (lists.get(item.parent) || root).append(item.row); });
    panel.append(root);
    panel.append(make('p', say.help, 'kind'));
  };

  // ---- search ----
  const search = () => {
    const wanted = find.value.trim().toLocaleLowerCase();
    if (!wanted) { clear(); return []; }
    forget();
    step = -1;
    const hits = [];
    data.items.forEach((item, at) => {
      if (item.kind === 'legend') return;
      const text = [item.name, ...item.said].join('\n').toLocaleLowerCase();
      if (text.includes(wanted)) hits.push(at);
    });
    hits.sort((a, b) => rank(a, wanted) - rank(b, wanted) || a - b);
    light(new Set(hits));
    hits.forEach((at) => drawn[at].classList.add('hit'));
    panel.replaceChildren(make('h2', say.found.replace('#', hits.length)));
    const list = make('ul');
    hits.slice(0, 200).forEach((at) => { const row = make('li'); row.append(chooser(at, data.items[at].name)); list.append(row); });
    panel.append(list);
    return hits;
  };
  const rank = (at, wanted) => {
    const item = data.items[at];
    const name = item.name.toLocaleLowerCase();
    return (item.kind === 'link' ? 4 : 0) + (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3);
  };
  find.addEventListener('input', search);
  find.form.addEventListener('submit', (event) => {
    event.preventDefault();
    const hits = search();
    if (hits.length) choose(hits[0], true);
  });

  // ---- steps ----
  const stepText = document.getElementById('step');
  const [back, next] = [document.getElementById('back'), document.getElementById('next')];
  const tellSteps = () => {
    stepText.textContent = step < 0 ? say.flow.replace('#', data.steps.length) : `${step + 1}/${data.steps.length} · ${data.steps[step].title}`;
    back.disabled = step < 0;
    next.disabled = step >= data.steps.length - 1;
  };
  const go = (to) => {
    if (data.steps.length < 2) return;
    if (to < 0) { clear(); return; }
    forget();
    step = Math.min(to, data.steps.length - 1);
    uncover(data.steps[step].items);
    const lit = new Set();
    data.steps[step].items.forEach((at) => {
      lit.add(at);
      const item = data.items[at];
      if (item.kind === 'link') { lit.add(item.from); lit.add(item.to); }
    });
    light(lit);
    tellSteps();
    const links = data.steps[step].items.filter((at) => data.items[at].kind === 'link');
    if (links.length === 1) details(links[0]); else overview();
    data.steps[step].items.slice(0, 1).forEach((at) => centre(at));
  };
  back.addEventListener('click', () => go(step - 1));
  next.addEventListener('click', () => go(step + 1));
  if (data.steps.length < 2) stepBar.hidden = true;

  // ---- groups that open and close ----
  const covers = new Map();
  const toggles = new Map();
  const hidden = (at) => {
    for (let up = data.items[at].parent; up !== null; up = data.items[up].parent) if (closed.has(up)) return true;
    return false;
  };
  const shownEnd = (at) => {
    let end = at;
    for (let up = at; up !== null && up !== undefined; up = data.items[up].parent) if (closed.has(up)) end = up;
    return end;
  };
  const refresh = () => {
    data.items.forEach((item, at) => {
      let gone = false;
      if (item.kind === 'link') {
        const [from, to] = [shownEnd(item.from), shownEnd(item.to)];
        gone = from === to && (from !== item.from || to !== item.to);
      } else if (item.kind !== 'legend') gone = hidden(at);
      drawn[at].classList.toggle('gone', gone);
    });
    covers.forEach((cover, at) => { cover.remove(); covers.delete(at); });
    closed.forEach((at) => { if (!hidden(at)) covers.set(at, cover(at)); });
    toggles.forEach((toggle, at) => {
      toggle.classList.toggle('gone', hidden(at));
      toggle.setAttribute('aria-expanded', String(!closed.has(at)));
      toggle.setAttribute('aria-label', `${closed.has(at) ? say.open : say.close}: ${data.items[at].name}`);
      toggle.lastChild.setAttribute('d', closed.has(at) ? 'M4 8H12M8 4V12' : 'M4 8H12');
      svg.append(toggle);
    });
  };
  // A closed group is a lid over its frame, with its name in the middle and the heads of the links that end in it at its edge.
  const cover = (at) => {
    const group = shape('g', { class: 'cover' });
    const frame = drawn[at].querySelector('rect');
    const lid = frame.cloneNode();
    lid.classList.remove('edge');
    const [x, y, width, height] = data.items[at].rect;
    const count = data.items.filter((item, other) => item.kind === 'component' && within(other, at)).length;
    const title = `${data.items[at].name} (${count})`;
    // As large as the lid allows, but in a small picture no larger than other names.
    const room = Math.min(width / (0.7 * title.length), height / 4, whole[2] / 60);
    const size = Math.max(13, Math.round(room));
    const name = shape('text', { x: x + width / 2, y: y + height / 2 + size / 3, 'font-size': size });
    name.textContent = title;
    group.append(lid, name);
    const out = (point) => point[0] < x || point[1] < y || point[0] > x + width || point[1] > y + height;
    data.items.forEach((item) => {
      if (item.kind !== 'link' || item.way.length < 2) return;
      const ends = [[item.to, item.heads[1], item.way], [item.from, item.heads[0], item.way.slice().reverse()]];
      ends.forEach(([end, head, way]) => {
        if (!head || shownEnd(end) !== at || end === at) return;
        for (let i = way.length - 1; i > 0; i -= 1) {
          const [a, b] = [way[i - 1], way[i]];
          if (!out(a) || out(b)) continue;
          const tip = [Math.min(Math.max(a[0], x), x + width), Math.min(Math.max(a[1], y), y + height)];
          const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
          const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
          const base = [tip[0] - 8 * ux, tip[1] - 8 * uy];
          const d = `M${tip[0]} ${tip[1]}L${base[0] - 3.6 * uy} ${base[1] + 3.6 * ux}L${base[0] + 3.6 * uy} ${base[1] - 3.6 * ux}Z`;
          group.append(shape('path', { class: 'head', d }));
          break;
        }
      });
    });
    group.dataset.lid = at;
    svg.append(group);
    return group;
  };
  const toggle = (at) => {
    if (closed.has(at)) closed.delete(at); else closed.add(at);
    refresh();
  };
  const place = (at) => {
    const [x, y, width] = data.items[at].rect;
    const words = [...drawn[at].querySelectorAll('text')].map((text) => text.getBBox());
    const left = x + width - 21;
    const meets = words.some((word) => word.x + word.width > left - 3 && word.y < y + 21);
    return meets ? [x + 5, y + 5] : [left, y + 5];
  };
  data.items.forEach((item, at) => {
    if (item.kind !== 'group' || !inside[at].length) return;
    const [x, y] = place(at);
    const button = shape('g', { class: 'toggle', role: 'button', tabindex: '0', transform: `translate(${x} ${y})` });
    button.append(shape('rect', { width: 16, height: 16, rx: 4 }), shape('path', {}));
    button.dataset.toggle = at;
    toggles.set(at, button);
  });

  // ---- who is told of a click or a key ----
  const press = (target) => {
    const button = target.closest('[data-toggle]');
    if (button) { toggle(Number(button.dataset.toggle)); return true; }
    const lid = target.closest('[data-lid]');
    if (lid) { choose(Number(lid.dataset.lid)); return true; }
    const item = target.closest('[data-at]');
    if (item) { choose(Number(item.dataset.at)); return true; }
    return false;
  };
  view.addEventListener('click', (event) => {
    if (event.target.closest('a')) event.preventDefault();
    if (moved) { moved = false; return; }
    if (!press(event.target)) clear();
  });
  view.addEventListener('dblclick', (event) => {
    const item = event.target.closest('.group[data-at],[data-lid]');
    if (item) toggle(Number(item.dataset.at ?? item.dataset.lid));
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === find;
    if (event.key === 'Escape') { find.value = ''; clear(); if (typing) view.focus(); return; }
    if (typing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    const onButton = target.closest('button,a[href],summary');
    const far = Math.min(box[2], box[3]) / 8;
    const keys = {
      '+': () => zoom(0.8), '=': () => zoom(0.8), '-': () => zoom(1.25), 0: fit, '/': () => find.focus(),
      ArrowRight: () => (data.steps.length > 1 && !event.shiftKey ? go(step + 1) : pan(far, 0)),
      ArrowLeft: () => (data.steps.length > 1 && !event.shiftKey ? go(step - 1) : pan(-far, 0)),
      ArrowUp: () => pan(0, -far),
      ArrowDown: () => pan(0, far),
    };
    if ((event.key === 'Enter' || event.key === ' ') && !onButton) {
      if (press(target)) event.preventDefault();
    } else if (keys[event.key] && !(onButton && event.key.startsWith('Arrow') && !stepBar.contains(onButton))) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // ---- buttons ----
  const root = document.documentElement;
  const button = (name, deed) => document.getElementById(name).addEventListener('click', deed);
  button('in', () => zoom(0.8));
  button('out', () => zoom(1.25));
  button('fit', fit);
  button('print', () => window.print());
  button('theme', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
  let kept = null;
  addEventListener('beforeprint', () => { kept = { box, theme: root.dataset.theme }; box = whole.slice(); show(); root.dataset.theme = 'light'; });
  addEventListener('afterprint', () => {
    if (!kept) return;
    box = kept.box;
    show();
    if (kept.theme) root.dataset.theme = kept.theme; else delete root.dataset.theme;
    kept = null;
  });

  refresh();
  clear();
  fit();
})();
