// Text becomes markup in one place only: htmx reads a page of ours with a parser that makes a document apart and runs
// nothing in it. Whatever else tries is stopped by the content policy (require-trusted-types-for).
if (window.trustedTypes) {
  const PARSERS = ['DOMParser parseFromString', 'Document parseHTMLUnsafe']
  window.trustedTypes.createPolicy('default', {
    // A worker's address is script too: the one of offline packs is the only one there is.
    createScriptURL: function (text) { return text === '/offline/worker.js' ? text : null },
    createHTML: function (text, type, sink) { return PARSERS.includes(sink) ? text : null }
  })
}
// Starts the components of the design system, also in what arrives later.
window.GOVUKFrontend.initAll()
document.addEventListener('htmx:afterSettle', function (event) {
  window.GOVUKFrontend.initAll({ scope: event.detail.elt })
})

// Says in words that a table or chart is wider than its place, and brings the current page's link into view.
;(function () {
  function look (place) {
    const said = place.previousElementSibling
    const cue = said && said.classList.contains('app-scroll__cue') ? said : null
    const more = place.scrollWidth > place.clientWidth + 1
    if (more && !cue) {
      const line = document.createElement('p')
      line.className = 'app-scroll__cue app-no-print'
      line.textContent = 'Scroll sideways for more'
      place.before(line)
    } else if (cue) {
      cue.hidden = !more
    }
  }
  function watch (scope) {
    if (!('ResizeObserver' in window)) return
    const watcher = new ResizeObserver(function (seen) { seen.forEach(function (one) { look(one.target) }) })
    scope.querySelectorAll('.app-scroll').forEach(function (place) { watcher.observe(place) })
  }
  watch(document)
  document.addEventListener('htmx:afterSettle', function (event) { watch(event.detail.elt) })
})()
