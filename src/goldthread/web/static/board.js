// On the board of findings, the up and down arrows go from finding to finding while the focus is on one.
(function () {
  const links = Array.from(document.querySelectorAll('[data-board] .app-finding__says a'))
  if (links.length < 2) return
  const hint = document.querySelector('[data-board-hint]')
  if (hint) hint.textContent += '. With the focus on one, the up and down arrows go to the next.'
  document.addEventListener('keydown', function (event) {
    const here = links.indexOf(document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (here < 0 || !step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const next = links[here + step]
    if (!next) return
    event.preventDefault()
    next.focus()
    next.scrollIntoView({ block: 'nearest' })
  })
})()
