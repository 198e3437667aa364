// Starts the components of the design system, also in what arrives later.
window.GOVUKFrontend.initAll()
document.addEventListener('htmx:afterSettle', function (event) {
  window.GOVUKFrontend.initAll({ scope: event.detail.elt })
})
