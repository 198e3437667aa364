// Shows only the criteria of the chosen area. Boxes of another area that are ticked stay in view, so that none is sent unseen.
(function () {
  const groups = document.querySelectorAll('[data-criteria] details[data-area]')
  const areas = document.querySelectorAll('input[name=area]')
  if (!groups.length || !areas.length) return

  function show () {
    const chosen = document.querySelector('input[name=area]:checked')
    if (!chosen) return
    groups.forEach(function (group) {
      const own = group.dataset.area === chosen.value
      group.hidden = !own && !group.querySelector('input:checked')
      if (own) group.open = true
    })
  }

  areas.forEach(function (area) { area.addEventListener('change', show) })
  show()
})()
