// One box that ticks every file on the page. Without it, each is ticked by hand.
(function () {
  const place = document.querySelector('[data-pick-all]')
  const boxes = Array.from(document.querySelectorAll('input[name=cases]'))
  if (!place || !boxes.length) return
  const holder = document.createElement('div')
  holder.className = 'govuk-checkboxes govuk-checkboxes--small'
  const item = document.createElement('div')
  item.className = 'govuk-checkboxes__item'
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.id = 'pick-all'
  box.className = 'govuk-checkboxes__input'
  const label = document.createElement('label')
  label.className = 'govuk-label govuk-checkboxes__label'
  label.htmlFor = box.id
  const words = document.createElement('span')
  words.className = 'govuk-visually-hidden'
  words.textContent = 'Choose every file on this page'
  label.append(words)
  item.append(box, label)
  holder.append(item)
  place.replaceChildren(holder)
  box.addEventListener('change', function () { boxes.forEach(function (one) { one.checked = box.checked }) })
  boxes.forEach(function (one) {
    one.addEventListener('change', function () { box.checked = boxes.every(function (each) { return each.checked }) })
  })
})()
