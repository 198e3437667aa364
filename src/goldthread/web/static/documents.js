// Documents: many files sent one by one, with what became of each; and words that are selected on a page, for the shelf.
// Without scripts the form is sent as any other, and sentences are chosen from a list.
(function () {
  async function fingerprint (file) {
    // Only where the connection is safe; elsewhere the file is sent, and the server says if it was there.
    if (!window.crypto || !window.crypto.subtle || file.size > 104857600) return ''
    const digest = await window.crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    return Array.from(new Uint8Array(digest)).map(function (one) { return one.toString(16).padStart(2, '0') }).join('')
  }

  function line (list, file, before) {
    const item = document.createElement('li')
    item.className = 'app-outcome app-outcome--waits'
    const name = document.createElement('strong')
    name.textContent = file.name
    const says = document.createElement('span')
    says.textContent = ': waits for its turn'
    item.append(name, says)
    list.insertBefore(item, before || null)
    return {
      tell: function (state, words, address) {
        item.className = 'app-outcome app-outcome--' + state
        says.textContent = ': ' + (state === 'refused' ? 'not kept. ' : '') + words
        if (!address) return
        const link = document.createElement('a')
        link.className = 'govuk-link'
        link.href = address
        link.textContent = file.name
        name.replaceChildren(link)
      },
      // Of a zip, each document has a line of its own.
      apart: function (outcomes) {
        outcomes.map(function (one) { return [line(list, { name: one.name }, item), one] }).forEach(function (pair) { pair[0].tell(pair[1].state, pair[1].says, pair[1].address) })
        item.remove()
      },
      share: function (share) { says.textContent = ': ' + (share < 100 ? share + ' % sent' : 'sealing it and writing it to the disk …') }
    }
  }

  function send (form, file, told) {
    return new Promise(function (resolve) {
      const data = new FormData(form)
      data.delete('file')
      data.append('file', file)
      const request = new XMLHttpRequest()
      request.upload.addEventListener('progress', function (part) {
        if (part.lengthComputable) told.share(Math.round(100 * part.loaded / part.total))
      })
      request.addEventListener('load', function () {
        if (request.status !== 201) { resolve(null); return }
        resolve(JSON.parse(request.responseText).outcomes)
      })
      request.addEventListener('error', function () { resolve(null) })
      request.open('POST', window.location.href)
      request.setRequestHeader('X-Requested-With', 'XMLHttpRequest')
      request.send(data)
    })
  }

  async function here (form, prints) {
    const data = new FormData()
    data.append('csrfmiddlewaretoken', form.querySelector('[name=csrfmiddlewaretoken]').value)
    prints.filter(Boolean).forEach(function (one) { data.append('sha256', one) })
    try {
      const answer = await fetch(form.dataset.have, { method: 'POST', body: data, credentials: 'same-origin' })
      return answer.ok ? (await answer.json()).have : {}
    } catch (problem) { return {} }
  }

  async function sound (form) {
    // What is said of all the files is looked at before the first is sent; where it is wrong, the server's page says so.
    const data = new FormData(form)
    data.delete('file')
    data.append('check', '1')
    try {
      const answer = await fetch(window.location.href, { method: 'POST', body: data, credentials: 'same-origin', headers: { 'X-Requested-With': 'XMLHttpRequest' } })
      return answer.status === 422 ? !showAgain(form, await answer.text()) : true
    } catch (problem) { return true }
  }

  function showAgain (form, html) {
    const main = new DOMParser().parseFromString(html, 'text/html').querySelector('main')
    if (!main || !main.querySelector('form[data-documents]')) return false
    const chosen = form.querySelector('input[type=file]').files
    document.querySelector('main').replaceWith(main)
    main.querySelector('form[data-documents] input[type=file]').files = chosen
    window.GOVUKFrontend.initAll({ scope: main })
    main.querySelectorAll('form[data-documents]').forEach(watch)
    const summary = main.querySelector('.govuk-error-summary')
    if (summary) { summary.setAttribute('tabindex', '-1'); summary.focus() }
    return true
  }

  function nothingWrong (form) {
    // What was wrong before has been put right.
    document.querySelectorAll('main .govuk-error-summary').forEach(function (one) { one.remove() })
    form.querySelectorAll('.govuk-error-message').forEach(function (one) { one.remove() })
    for (const name of ['govuk-form-group--error', 'govuk-input--error']) {
      form.querySelectorAll('.' + name).forEach(function (one) { one.classList.remove(name); one.removeAttribute('aria-invalid') })
    }
  }

  async function listAgain () {
    // The list of what was uploaded, and how many can be submitted, as they now are.
    try {
      const answer = await fetch(window.location.href, { credentials: 'same-origin' })
      if (!answer.ok || answer.redirected) return false
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const parts = ['[data-uploaded]', '[data-ready]'].map(function (one) { return [document.querySelector(one), page.querySelector(one)] })
      if (parts.some(function (pair) { return !pair[0] || !pair[1] })) return false
      parts.forEach(function (pair) { pair[0].replaceWith(pair[1]) })
      return true
    } catch (problem) { return false }
  }

  function summed (counts) {
    const named = [['received', 'received'], ['again', 'here already'], ['refused', 'not kept'], ['left', 'not sent']]
    return named.filter(function (one) { return counts[one[0]] }).map(function (one) { return counts[one[0]] + ' ' + one[1] }).join(', ')
  }

  async function sendAll (form, files, place) {
    const counted = document.createElement('p')
    counted.className = 'govuk-body'
    counted.setAttribute('role', 'status')
    const list = document.createElement('ul')
    list.className = 'govuk-list app-outcomes'
    const heading = document.createElement('h2')
    heading.className = 'govuk-heading-m'
    heading.textContent = 'What became of each file'
    place.replaceChildren(heading, counted, list)
    const lines = files.map(function (file) { return line(list, file) })
    const left = []
    const counts = {}
    let done = 0
    for (let at = 0; at < files.length; at++) {
      const print = await fingerprint(files[at])
      const known = print ? await here(form, [print]) : {}
      const outcomes = known[print] ? [known[print]] : await send(form, files[at], lines[at])
      if (outcomes && outcomes.length > 1) lines[at].apart(outcomes)
      else if (outcomes) lines[at].tell(outcomes[0].state, outcomes[0].says, outcomes[0].address)
      else { lines[at].tell('left', 'not sent: the connection was lost, or you were signed out.'); left.push(files[at]) }
      for (const state of outcomes ? outcomes.map(function (one) { return one.state }) : ['left']) counts[state] = (counts[state] || 0) + 1
      done += 1
      counted.textContent = done + ' of ' + files.length + ' looked at: ' + summed(counts)
    }
    counted.textContent = summed(counts)
    const fresh = await listAgain()
    const again = document.createElement('p')
    again.className = 'govuk-body'
    if (left.length) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'govuk-button'
      button.textContent = 'Send those that are left (' + left.length + ')'
      button.addEventListener('click', function () { sendAll(form, left, place) })
      again.append(button)
    }
    if (!fresh) {
      const link = document.createElement('a')
      link.className = 'govuk-link'
      link.href = window.location.href
      link.textContent = 'Show the list of what was uploaded as it is now'
      counted.after(link)
    }
    if (left.length) place.append(again)
  }

  function watch (form) {
    const place = document.querySelector('[data-documents-told]')
    form.addEventListener('submit', async function (event) {
      const chosen = form.querySelector('input[type=file]')
      if (!chosen.files.length) return
      event.preventDefault()
      const button = form.querySelector('button')
      button.disabled = true
      if (!await sound(form)) return
      nothingWrong(form)
      const files = Array.from(chosen.files)
      // What is chosen while these are being sent is for the next sending.
      chosen.value = ''
      await sendAll(form, files, place)
      button.disabled = false
    })
  }

  document.querySelectorAll('form[data-documents]').forEach(watch)

  const page = document.querySelector('[data-page-text]')
  const cite = document.querySelector('a[data-cite]')
  if (!page || !cite) return
  const plain = cite.getAttribute('href')
  const told = document.querySelector('[data-cite-told]')

  function letters (node, offset) {
    // Counted as the server counts: a letter outside the first plane is one.
    const range = document.createRange()
    range.setStart(page, 0)
    range.setEnd(node, offset)
    return Array.from(range.toString()).length
  }

  document.addEventListener('selectionchange', function () {
    const chosen = document.getSelection()
    const range = chosen.rangeCount ? chosen.getRangeAt(0) : null
    const inside = range && !range.collapsed && page.contains(range.startContainer) && page.contains(range.endContainer)
    if (!inside) {
      cite.setAttribute('href', plain)
      told.textContent = ''
      return
    }
    const start = letters(range.startContainer, range.startOffset)
    const end = letters(range.endContainer, range.endOffset)
    cite.setAttribute('href', plain + '&start=' + start + '&end=' + end)
    told.textContent = (end - start) + ' characters chosen'
  })
})()
