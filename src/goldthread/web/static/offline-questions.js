// One case of an offline pack as a form: made of elements, never of text that is read as markup.
window.goldthreadOfflineForm = (function () {
  function make (tag, css, words) {
    const made = document.createElement(tag)
    if (css) made.className = css
    if (words) made.textContent = words
    return made
  }

  function hidden (words) { return make('span', 'govuk-visually-hidden', ': ' + words) }

  function label (id, words, about, css) {
    const made = make('label', css || 'govuk-label', words)
    made.htmlFor = id
    if (about) made.append(hidden(about))
    return made
  }

  function beside (item, box) {
    if (item.facts.length) {
      box.append(make('p', 'govuk-body app-quiet app-from-lists', 'From the lists: ' + item.facts.map(function (one) { return one[0] + ' ' + one[1] + ' (' + one[2] + ')' }).join('; ') + '.'))
    }
    if (item.guidance) {
      const details = make('details', 'govuk-details govuk-!-margin-bottom-2')
      const summary = make('summary', 'govuk-details__summary')
      summary.append(make('span', 'govuk-details__summary-text', 'What good looks like'))
      details.append(summary, make('div', 'govuk-details__text', item.guidance))
      box.append(details)
    }
  }

  function choices (item, number) {
    const set = make('fieldset', 'govuk-fieldset')
    set.setAttribute('aria-describedby', 'h-' + item.question)
    const hint = make('div', 'govuk-hint', item.help)
    hint.id = 'h-' + item.question
    set.append(make('legend', 'govuk-fieldset__legend govuk-fieldset__legend--s', number + item.text), hint)
    beside(item, set)
    const radios = make('div', 'govuk-radios govuk-radios--inline govuk-radios--small app-answers')
    item.options.forEach(function (option, place) {
      const one = make('div', 'govuk-radios__item')
      const input = make('input', 'govuk-radios__input')
      input.type = 'radio'
      input.name = 'value-' + item.question
      input.value = option[0]
      input.id = 'q-' + item.question + (place ? '-' + place : '')
      input.checked = option[0] === item.value
      one.append(input, label(input.id, option[1], '', 'govuk-label govuk-radios__label'))
      radios.append(one)
    })
    set.append(radios)
    return set
  }

  function besides (item) {
    const box = make('div', 'app-besides')
    item.more.forEach(function (one) {
      const inner = make('div', 'app-besides__box app-besides__box--' + one.name)
      const input = make(one.options.length ? 'select' : 'input', one.options.length ? 'govuk-select' : 'govuk-input')
      input.id = 'm-' + one.name + '-' + item.question
      input.dataset.more = one.name
      if (one.options.length) {
        [['', 'Choose']].concat(one.options).forEach(function (option) { input.append(new window.Option(option[1], option[0])) })
      } else input.autocomplete = 'off'
      input.value = item.beside[one.name] || ''
      inner.append(label(input.id, one.label, item.text), input)
      box.append(inner)
    })
    return box
  }

  function question (item) {
    const box = make('div', 'app-question')
    const number = item.number ? item.number + '. ' : ''
    box.dataset.question = item.question
    if (item.only_if.length) box.append(make('p', 'govuk-body app-quiet app-only-if', 'Only if ' + item.only_if.join(', and ') + '.'))
    const why = make('textarea', 'govuk-textarea app-why')
    why.id = (item.options.length ? 'w-' : 'q-') + item.question
    why.rows = item.options.length ? 2 : 3
    why.value = item.why
    if (item.options.length) {
      const labelled = label(why.id, item.why_label, item.text, 'govuk-label app-why-label')
      labelled.append(' ', make('span', 'app-quiet', item.why_hint))
      box.append(choices(item, number), labelled, why)
    } else {
      box.append(label(why.id, number + item.text, '', 'govuk-label govuk-label--s'), make('div', 'govuk-hint', item.help))
      beside(item, box)
      box.append(why)
    }
    if (item.more.length) box.append(make('p', 'govuk-body app-quiet app-besides-says', item.more_says), besides(item))
    const status = make('p', 'app-saved')
    status.setAttribute('role', 'status')
    status.dataset.status = ''
    box.append(status)
    return {
      item, box, status,
      read: function () {
        const chosen = box.querySelector('input[type=radio]:checked')
        const more = {}
        box.querySelectorAll('[data-more]').forEach(function (one) { if (one.value) more[one.dataset.more] = one.value })
        return { value: chosen ? chosen.value : '', why: why.value, more }
      }
    }
  }

  // “a=yes|no b=met”: what must have been answered before a question is asked.
  function fold (questions) {
    function asked (one) {
      return one.item.hangs_on.split(' ').filter(Boolean).every(function (written) {
        const parts = written.split('=')
        const earlier = questions.find(function (other) { return other.item.question === parts[0] })
        return earlier && asked(earlier) && parts[1].split('|').includes(earlier.read().value)
      })
    }
    questions.forEach(function (one) { one.box.hidden = !asked(one) })
  }

  function build (told, urgent) {
    const form = make('form', 'app-review')
    const questions = []
    form.noValidate = true
    form.addEventListener('submit', function (event) { event.preventDefault() })
    form.append(make('h2', 'govuk-heading-m', told.title), make('p', 'govuk-body app-review-head', told.pseudonym + ' · ' + told.part + ' · ' + told.instrument), make('p', 'govuk-body', told.says + ' Leave names out.'))
    told.groups.filter(function (group) { return group.items.length }).forEach(function (group) {
      const section = make('section', 'app-review__group app-review__group--' + group.slug)
      const heading = make('h3', 'govuk-heading-s', group.title)
      if (group.says) heading.append(' ', make('span', 'app-quiet', group.says))
      heading.id = 'g-' + group.slug
      section.setAttribute('aria-labelledby', heading.id)
      section.append(heading)
      if (group.slug === 'urgent') section.append(urgent)
      group.items.forEach(function (item) {
        const one = question(item)
        questions.push(one)
        section.append(one.box)
      })
      form.append(section)
    })
    fold(questions)
    return { form, questions, fold: function () { fold(questions) } }
  }

  return { make, build }
})()
