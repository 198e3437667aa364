// Shows how much of a file has been sent. Without scripts the form is sent as any other.
(function () {
  function box () {
    const whole = document.createElement('div')
    whole.className = 'app-panel'
    const label = document.createElement('label')
    label.className = 'govuk-label'
    label.htmlFor = 'sent-so-far'
    label.textContent = 'How much has been sent'
    const bar = document.createElement('progress')
    bar.id = 'sent-so-far'
    bar.className = 'app-progress'
    bar.max = 100
    bar.value = 0
    const says = document.createElement('p')
    says.className = 'govuk-body app-upload__says'
    says.setAttribute('role', 'status')
    whole.append(label, bar, says)
    return { whole, bar, says }
  }

  function showAgain (html) {
    // The server's own page: its error summary says what is wrong, beside the form that was sent.
    const page = new DOMParser().parseFromString(html, 'text/html')
    const main = page.querySelector('main')
    if (!main) return false
    const before = document.querySelector('main')
    before.replaceWith(main)
    // What was chosen stays chosen, unless it is what was wrong: browsers forget it with the form.
    before.querySelectorAll('form[data-upload] input[type=file]').forEach(function (old) {
      const now = main.querySelector('form[data-upload] input[type=file][name="' + old.name + '"]')
      if (now && old.files.length && !now.closest('.govuk-form-group--error')) now.files = old.files
    })
    document.title = page.title
    window.GOVUKFrontend.initAll({ scope: main })
    main.querySelectorAll('form[data-upload]').forEach(watch)
    const summary = main.querySelector('.govuk-error-summary')
    if (summary) { summary.setAttribute('tabindex', '-1'); summary.focus() }
    return true
  }

  function watch (form) {
    form.addEventListener('submit', function (event) {
      const file = form.querySelector('input[type=file][name=file]')
      if (!file.files.length) return
      event.preventDefault()
      const button = form.querySelector('button')
      button.disabled = true
      const shown = box()
      form.after(shown.whole)
      const request = new XMLHttpRequest()
      function failed (why) {
        shown.says.textContent = why
        button.disabled = false
      }
      request.upload.addEventListener('progress', function (part) {
        if (!part.lengthComputable) return
        const share = Math.round(100 * part.loaded / part.total)
        shown.bar.value = share
        shown.says.textContent = share < 100 ? share + ' % sent' : 'Sent. Sealing it and writing it to the disk …'
      })
      request.addEventListener('load', function () {
        if (request.status === 201) {
          window.location.assign(JSON.parse(request.responseText).address)
        } else if (request.status === 413) {
          failed('What was chosen is too large to be sent.')
        } else if (!showAgain(request.responseText)) {
          failed('The file was not received. Try once more; sending it twice does no harm.')
        }
      })
      request.addEventListener('error', function () {
        failed('The connection was lost, and it is not certain that the file arrived. Try once more; sending it twice does no harm.')
      })
      request.open('POST', form.action || window.location.href)
      request.setRequestHeader('X-Requested-With', 'XMLHttpRequest')
      request.send(new FormData(form))
    })
  }

  document.querySelectorAll('form[data-upload]').forEach(watch)
})()
