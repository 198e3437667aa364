// Text becomes markup in one place only: htmx reads a page of ours with a parser that runs nothing. Whatever else tries
// is stopped by the content policy (require-trusted-types-for), also in what is not ours.
if (window.trustedTypes) {
  window.trustedTypes.createPolicy('default', {
    createHTML: function (text, type, sink) { return sink === 'DOMParser parseFromString' ? text : null }
  })
}
// Starts the components of the design system, also in what arrives later.
window.GOVUKFrontend.initAll()
document.addEventListener('htmx:afterSettle', function (event) {
  window.GOVUKFrontend.initAll({ scope: event.detail.elt })
})
