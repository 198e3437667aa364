// Tells about once a minute that a review is being worked on: only where somebody typed, clicked or scrolled since.
(function () {
  const shown = document.querySelector('[data-time-spent]')
  if (!shown) return
  const token = document.querySelector('[name=csrfmiddlewaretoken]')
  let used = true
  function touch () { used = true }
  ['keydown', 'pointerdown', 'scroll', 'input'].forEach(function (what) {
    window.addEventListener(what, touch, { passive: true })
  })

  function beat () {
    if (!used || document.visibilityState === 'hidden' || document.body.classList.contains('app-locked')) return
    used = false
    window.fetch(shown.dataset.timeSpent, { method: 'POST', headers: { 'X-CSRFToken': token.value }, redirect: 'error' })
      .then(function (answer) { return answer.ok ? answer.json() : null })
      .then(function (told) { if (told) shown.querySelector('[data-minutes]').textContent = told.says })
      .catch(function () {}) // no connection: this minute is not counted
  }
  beat()
  window.setInterval(beat, Number(shown.dataset.every) * 1000)
})()
