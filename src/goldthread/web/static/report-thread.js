// The thread of a sentence opens where it is read: beside the report where there is room, else right under the
// paragraph. Focus goes to it, and back to the sentence. Without this, the sentence leads to a page of its own.
(function () {
  const panel = document.getElementById('thread')
  if (!panel) return
  const home = panel.parentElement
  const beside = window.matchMedia('(min-width: 60em)')
  let from = null

  function place () {
    const under = from && from.closest('p')
    if (beside.matches || !under) home.append(panel)
    else under.after(panel)
  }
  document.addEventListener('htmx:afterSettle', function (event) {
    if (event.detail.target !== panel) return
    const asked = event.detail.requestConfig
    from = asked && asked.elt ? asked.elt : from
    document.querySelectorAll('.app-thread[aria-current]').forEach(function (one) { one.removeAttribute('aria-current') })
    if (from) from.setAttribute('aria-current', 'true')
    place()
    panel.scrollTop = 0
    panel.focus({ preventScroll: true })
    panel.scrollIntoView({ block: 'nearest' })
  })
  panel.addEventListener('click', function (event) {
    if (!event.target.closest('[data-thread-back]') || !from) return
    event.preventDefault()
    from.focus()
    from.scrollIntoView({ block: 'center' })
  })
  beside.addEventListener('change', place)
})()
