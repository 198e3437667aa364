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
      tell: function (state, words, address, read) {
        item.className = 'app-outcome app-outcome--' + state
        says.textContent = ': ' + (state === 'refused' && !read ? 'not kept. ' : '') + words
        if (!address) return
        const link = document.createElement('a')
        link.className = 'govuk-link'
        link.href = address
        link.textContent = file.name
        name.replaceChildren(link)
      },
      // Of a zip, each document has a line of its own, under its name in it.
      apart: function (outcomes) {
        const lines = outcomes.map(function (one) { return line(list, { name: one.name }, item) })
        lines.forEach(function (one, at) { one.tell(outcomes[at].state, outcomes[at].says, outcomes[at].address) })
        item.remove()
        return lines
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
        // An answer that is no list of outcomes is that of a page to sign in, or of something between here and there.
        try { resolve(request.status === 201 ? JSON.parse(request.responseText).outcomes : null) } catch (problem) { resolve(null) }
      })
      request.addEventListener('error', function () { resolve(null) })
      request.open('POST', window.location.href)
      request.setRequestHeader('X-Requested-With', 'XMLHttpRequest')
      request.send(data)
    })
  }

  async function ask (form, name, values) {
    const data = new FormData()
    data.append('csrfmiddlewaretoken', form.querySelector('[name=csrfmiddlewaretoken]').value)
    values.forEach(function (one) { data.append(name, one) })
    try {
      const answer = await fetch(form.dataset.have, { method: 'POST', body: data, credentials: 'same-origin' })
      return answer.ok ? await answer.json() : {}
    } catch (problem) { return {} }
  }

  async function here (form, print) {
    return print ? ((await ask(form, 'sha256', [print])).have || {})[print] : undefined
  }

  async function untilRead (form, list, told) {
    // What was received is still being read: its line tells what came of that, as soon as it is known.
    const waiting = told.filter(function (one) { return one.id })
    let patience = 0
    while (waiting.length && list.isConnected && patience < 300) {
      await new Promise(function (resolve) { setTimeout(resolve, patience < 10 ? 1000 : 3000) })
      const some = waiting.slice(0, 500)
      const read = (await ask(form, 'document', some.map(function (one) { return one.id }))).read || {}
      patience = Object.keys(read).length ? 0 : patience + 1
      some.filter(function (one) { return read[one.id] }).forEach(function (one) {
        const got = read[one.id]
        waiting.splice(waiting.indexOf(one), 1)
        one.line.tell(got.state, got.says, got.address, true)
        if (got.state === 'refused') one.count('received', 'unreadable')
      })
    }
  }

  function idOf (address) {
    const found = /\/documents\/([0-9a-f-]{36})\//.exec(address || '')
    return found ? found[1] : ''
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
      parts.forEach(function (pair) {
        pair[0].replaceWith(pair[1])
        if (window.htmx) window.htmx.process(pair[1])
      })
      return true
    } catch (problem) { return false }
  }

  function summed (counts) {
    const named = [['received', 'received'], ['unreadable', 'received, but cannot be read'], ['again', 'here already'], ['refused', 'not kept'], ['left', 'not sent']]
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
    const bar = document.createElement('progress')
    bar.className = 'app-progress'
    bar.setAttribute('aria-label', 'Files that were looked at')
    bar.max = files.length
    bar.value = 0
    counted.after(bar)
    const left = []
    const told = []
    const counts = {}
    let done = 0
    function tally () { counted.textContent = (done < files.length ? done + ' of ' + files.length + ' looked at: ' : '') + summed(counts) }
    function recount (from, to) { counts[from] -= 1; counts[to] = (counts[to] || 0) + 1; tally() }
    let lost = 0
    for (let at = 0; at < files.length; at++) {
      let outcomes = null
      // Where the connection is gone, the rest waits for it instead of failing one by one.
      if (lost < 3) {
        let print = ''
        // A file that was moved or changed since it was chosen cannot be opened; the others can.
        try { print = await fingerprint(files[at]) } catch (problem) { print = null }
        if (print === null) outcomes = [{ state: 'refused', says: 'this device can no longer open it. It may have been moved or renamed: choose it again.', address: '' }]
        else {
          const known = await here(form, print)
          outcomes = known ? [known] : await send(form, files[at], lines[at])
        }
        lost = outcomes ? 0 : lost + 1
      }
      let of = [lines[at]]
      if (outcomes && (outcomes.length > 1 || (outcomes.length && outcomes[0].name && outcomes[0].name !== files[at].name))) of = lines[at].apart(outcomes)
      else if (outcomes) lines[at].tell(outcomes[0].state, outcomes[0].says, outcomes[0].address)
      else { lines[at].tell('left', 'not sent: the connection was lost, or you were signed out.'); left.push(files[at]) }
      if (outcomes) outcomes.forEach(function (one, n) { if (one.state === 'received') told.push({ id: idOf(one.address), line: of[n], count: recount }) })
      for (const state of outcomes ? outcomes.map(function (one) { return one.state }) : ['left']) counts[state] = (counts[state] || 0) + 1
      done += 1
      bar.value = done
      tally()
    }
    bar.remove()
    counted.textContent = summed(counts)
    const fresh = await listAgain()
    const again = document.createElement('p')
    again.className = 'govuk-body'
    if (left.length) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'govuk-button'
      button.textContent = 'Send those that are left (' + left.length + ')'
      button.addEventListener('click', async function () {
        sending = true
        await sendAll(form, left, place)
        sending = false
      })
      again.append(button)
    }
    if (!fresh) {
      const link = document.createElement('a')
      link.className = 'govuk-link'
      link.href = window.location.href
      link.textContent = 'Show the list of what was uploaded as it is now'
      counted.after(link)
    }
    if (left.length) counted.after(again)
    untilRead(form, list, told)
  }

  function dropped (form) {
    // Files that are let go anywhere on the page are chosen; without this the browser would open one and leave the page.
    const chosen = form.querySelector('input[type=file]')
    document.addEventListener('dragover', function (event) { event.preventDefault() })
    document.addEventListener('drop', function (event) {
      if (!event.dataTransfer || !event.dataTransfer.files.length) return
      event.preventDefault()
      const field = chosen.isConnected ? chosen : document.querySelector('form[data-documents] input[type=file]')
      field.files = event.dataTransfer.files
      field.dispatchEvent(new Event('change', { bubbles: true }))
      field.focus()
    })
  }

  let sending = false
  window.addEventListener('beforeunload', function (event) { if (sending) event.preventDefault() })

  function watch (form) {
    const place = document.querySelector('[data-documents-told]')
    form.addEventListener('submit', async function (event) {
      const chosen = form.querySelector('input[type=file]')
      if (!chosen.files.length) return
      event.preventDefault()
      const button = form.querySelector('button')
      button.disabled = true
      if (!await sound(form)) { button.disabled = false; return }
      nothingWrong(form)
      const files = Array.from(chosen.files)
      // What is chosen while these are being sent is for the next sending.
      chosen.value = ''
      sending = true
      await sendAll(form, files, place)
      sending = false
      button.disabled = false
    })
  }

  document.querySelectorAll('form[data-documents]').forEach(watch)
  document.querySelectorAll('form[data-documents]').forEach(dropped)

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

  function showChosen () {
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
  }

  document.addEventListener('selectionchange', showChosen)
  // On a slow line words may be chosen before this script comes.
  showChosen()
})()
