'use strict';
// Opens what a link leads to. All else stands in the page.
(() => {
  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    target.scrollIntoView();
    const summary = target.querySelector(':scope > summary');
    if (summary) summary.focus({preventScroll: true});
  };
  addEventListener('hashchange', follow);
  document.addEventListener('click', event => { const link = event.target.closest('a[href^="#"]'); if (link && link.hash === location.hash) follow(); });
  if (matchMedia('(max-width: 64rem)').matches) document.querySelector('.contents details').open = false;
  follow();
})();
