// Text becomes markup in one place only: htmx reads a page of ours with a parser that makes a document apart and runs
// nothing in it. Whatever else tries is stopped by the content policy (require-trusted-types-for).
if (window.trustedTypes) {
  const PARSERS = ['DOMParser parseFromString', 'Document parseHTMLUnsafe']
  window.trustedTypes.createPolicy('default', {
    createHTML: function (text, type, sink) { return PARSERS.includes(sink) ? text : null }
  })
}
// Starts the components of the design system, also in what arrives later.
window.GOVUKFrontend.initAll()
document.addEventListener('htmx:afterSettle', function (event) {
  window.GOVUKFrontend.initAll({ scope: event.detail.elt })
})
