// Makes pages livelier that work without it: local times, live counts, keys, dialogs, bulk selection, completion.
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const html = document.documentElement;
  html.classList.add('js');

  // Times: the server renders the tenant's zone until it knows the reader's.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && zone !== html.dataset.zone) {
    document.cookie = `approvals-zone=${encodeURIComponent(zone)};path=/;max-age=31536000;samesite=lax${location.protocol === 'https:' ? ';secure' : ''}`;
  }
  const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone };
  const clocks = {
    date: new Intl.DateTimeFormat('en-GB', day),
    time: new Intl.DateTimeFormat('en-GB', { ...day, hour: '2-digit', minute: '2-digit' }),
  };
  const localise = root => {
    if (zone === html.dataset.zone) return;
    for (const time of $$('time[data-form]', root)) time.textContent = clocks[time.dataset.form].format(new Date(time.dateTime));
  };

  // Live: whatever shows counts or rows fetches itself again on this event, whether it comes from the stream or from a form on this page.
  const changed = () => window.dispatchEvent(new Event('approvals-changed'));
  let pause = 0;
  const soon = () => { pause ||= setTimeout(() => { pause = 0; changed(); }, 250); };
  const listen = () => {
    const side = $('.side');
    if (!side || !window.EventSource) return;
    const channel = window.BroadcastChannel && new BroadcastChannel('approvals');
    if (channel) channel.onmessage = soon;
    const open = () => new Promise(() => {
      const stream = new EventSource('/stream');
      const tell = () => { soon(); channel?.postMessage(0); };
      for (const name of side.dataset.events.split(' ')) stream.addEventListener(name, tell);
    });
    // One tab listens for all of them: browsers allow few connections to one host.
    navigator.locks ? navigator.locks.request('approvals-stream', open) : open();
  };
  document.addEventListener('htmx:afterRequest', event => {
    const { requestConfig, successful, elt } = event.detail;
    if (requestConfig.verb !== 'get' && successful && !elt.closest('[data-quiet]')) changed();
  });

  // Inbox: bulk selection that survives a refresh.
  const picked = () => $$('#inbox .pick:checked');
  const showPicked = () => {
    const bar = $('#inbox .bulk');
    if (!bar) return;
    const count = picked().length, text = $('[data-picked]', bar);
    bar.classList.toggle('some', count > 0);
    text.textContent = count === 1 ? text.dataset.one : text.dataset.many.replace('#', count);
    const words = new Set(picked().map(box => box.dataset.reject)), label = $('button [data-reject]', bar);
    label.textContent = words.size === 1 ? [...words][0] : label.dataset.reject;
    $('[data-all]', bar).checked = count > 0 && count === $$('#inbox .pick:enabled').length;
  };
  const pickAll = on => { for (const box of $$('#inbox .pick:enabled')) box.checked = on; showPicked(); };
  document.addEventListener('change', event => {
    if (event.target.matches('.pick')) showPicked();
    else if (event.target.matches('[data-all]')) pickAll(event.target.checked);
    else if (event.target.matches('[data-keys-off]')) localStorage.setItem('keys', event.target.checked ? 'on' : 'off');
  });

  const rows = () => $$('#inbox .row');
  const rowOf = element => rows().findIndex(row => row.contains(element));
  let place = -1;
  let kept = null;
  const goTo = index => {
    const all = rows();
    if (!all.length) return;
    place = Math.max(0, Math.min(index, all.length - 1));
    $('.title', all[place]).focus();
    all[place].scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('focusin', event => { const at = rowOf(event.target); if (at >= 0) place = at; });
  document.addEventListener('htmx:beforeSwap', event => {
    if (event.detail.target.id !== 'inbox') return;
    const comment = $('#inbox .bulk [name=comment]'), active = document.activeElement;
    kept = {
      picked: picked().map(box => box.value), comment: comment?.value,
      row: rowOf(active) >= 0 ? rows()[rowOf(active)].dataset.request : null,
      inComment: active === comment, lost: returnTo,
    };
  });
  const restore = () => {
    for (const box of $$('#inbox .pick')) box.checked = kept.picked.includes(box.value);
    const comment = $('#inbox .bulk [name=comment]');
    if (comment) comment.value = kept.comment ?? '';
    if (kept.inComment) comment?.focus();
    else if (kept.row || kept.lost) {
      const at = rows().findIndex(row => row.dataset.request === kept.row);
      goTo(at >= 0 ? at : place);
      // The buttons that were used are gone: whoever works by keyboard must not start from the top.
      if (!rows().length) $('#main').focus();
    }
    returnTo = false;
    kept = null;
    showPicked();
  };

  // Decisions: a dialog for the row, the form on the request's page; Enter sends what was armed.
  let returnTo = false;
  const arm = (form, decision) => {
    form.dataset.armed = decision;
    for (const button of $$('[data-key]', form)) button.classList.toggle('armed', button.value === decision);
    const comment = $('textarea', form);
    comment.required = decision === 'reject';
    comment.focus();
  };
  const decide = (row, decision) => {
    const dialog = $('#decide');
    if (!row || !dialog) return;
    if (!$('[data-decide]', row)) { location.href = $('.title', row).href; return; }
    const form = $('form', dialog);
    form.reset();
    $('[name=item]', form).value = row.dataset.item;
    $('[name=decision]', form).value = decision;
    for (const text of $$('[data-approve]', form)) text.textContent = text.dataset[decision];
    $('[data-subject]', form).textContent = $('.title', row).textContent;
    for (const button of $$('[data-for]', form)) button.hidden = button.dataset.for !== decision;
    // What the row's type calls its answers.
    const word = $(`[data-decide=${decision}]`, row).textContent;
    for (const text of [$('h2', form), $(`[data-for=${decision}] span`, form)]) text.textContent = word;
    dialog.showModal();
    arm(form, decision);
  };
  const checkInputs = root => {
    for (const button of $$('[data-needs-input]', root)) {
      button.disabled = $$('[name^="input."]', button.form).some(input => !input.checkValidity());
    }
  };
  document.addEventListener('input', event => { if (event.target.form) checkInputs(event.target.form); });
  document.addEventListener('click', event => {
    const link = event.target.closest('[data-decide]');
    if (link && !event.ctrlKey && !event.metaKey && $('#decide')) {
      event.preventDefault();
      decide(link.closest('.row'), link.dataset.decide);
    }
    if (event.target.closest('[data-close]')) event.target.closest('dialog').close();
    const button = event.target.closest('button[name=decision]');
    const comment = button?.form?.elements.comment;
    if (comment) comment.required = button.value === 'reject';
    const choice = event.target.closest('[data-insert]');
    if (choice) complete(choice);
  });
  document.addEventListener('htmx:afterRequest', event => {
    const dialog = event.detail.elt.closest?.('dialog');
    if (dialog && event.detail.successful) { returnTo = true; dialog.close(); }
    if (event.detail.elt.id === 'bulk' && event.detail.successful) { returnTo = true; pickAll(false); }
  });

  // Completion: the server answers with choices that know what they replace.
  const complete = choice => {
    const field = document.getElementById(choice.closest('[data-editor]').dataset.editor);
    field.setRangeText(choice.dataset.insert, +choice.dataset.from, +choice.dataset.to, 'end');
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  document.addEventListener('htmx:configRequest', event => {
    const field = event.detail.elt;
    if (field.dataset?.caret !== undefined) event.detail.parameters.caret = field.selectionEnd;
  });

  // Keys, never while somebody types, and only for those who keep them on.
  const typing = target => target.closest('input:not([type=checkbox]):not([type=radio]), select, textarea, dialog[open]');
  document.addEventListener('keydown', event => {
    if (event.isComposing) return;
    const form = event.target.form;
    if (event.key === 'Enter' && !event.shiftKey && event.target.matches('textarea') && form?.dataset.armed) {
      event.preventDefault();
      $(`button[value="${form.dataset.armed}"], button[data-for="${form.dataset.armed}"]`, form).click();
      return;
    }
    // A comment on many is no decision yet.
    if (event.key === 'Enter' && event.target.closest('.bulk input[name=comment]')) event.preventDefault();
    if (event.key === 'Escape' && form?.dataset.armed && !form.closest('dialog')) {
      delete form.dataset.armed;
      event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || localStorage.getItem('keys') === 'off') return;
    const list = $('#inbox'), card = $('#decision form'), row = rows()[rowOf(document.activeElement)] ?? rows()[Math.max(place, 0)];
    const down = () => goTo(rowOf(document.activeElement) < 0 && place < 0 ? 0 : place + 1);
    const act = {
      '?': () => $('#keys')?.togglePopover(),
      '/': () => $('#q')?.focus(),
      g: () => { location.href = '/inbox'; },
      ...(list && {
        j: down, ArrowDown: down, k: () => goTo(place - 1), ArrowUp: () => goTo(place - 1),
        o: () => row && $('.title', row).click(),
        a: () => decide(row, 'approve'), r: () => decide(row, 'reject'),
        x: () => { const box = row && $('.pick:enabled', row); if (box) { box.checked = !box.checked; showPicked(); } },
        A: () => pickAll(!$('[data-all]')?.checked),
      }),
      ...(card && { a: () => arm(card, 'approve'), r: () => arm(card, 'reject') }),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // What was unfolded stays so when the server draws the form again, whatever else is drawn in between.
  const unfolded = new Set();
  document.addEventListener('htmx:beforeSwap', event => { for (const open of $$('details[open][id]', event.detail.target)) unfolded.add(open.id); });
  document.addEventListener('htmx:afterSettle', event => {
    for (const details of $$('details[id]', event.target)) if (unfolded.delete(details.id)) details.open = true;
  });

  const prepare = root => { localise(root); checkInputs(root); };
  document.addEventListener('htmx:afterSwap', event => {
    prepare(event.target);
    if (event.target.id === 'inbox' && kept) restore();
    if (event.target.id === 'main') event.target.focus();
  });
  prepare(document);
  showPicked();
  const off = $('[data-keys-off]');
  if (off) off.checked = localStorage.getItem('keys') !== 'off';
  listen();
})();
