// Keeps what is typed in a form as it is typed, so that a closed tab or an ended session loses nothing.
(function () {
  const PAUSE = 2000
  const NEVER = ['csrfmiddlewaretoken', 'client_key', 'typed_text', 'password', 'code']
  const address = document.body.dataset.typedText
  if (!address) return

  function textOf (form) {
    const kept = {}
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== 'string' || NEVER.includes(name)) continue
      const control = form.elements[name]
      if (control && control.type === 'password') continue
      kept[name] = name in kept ? [].concat(kept[name], value) : value
    }
    return kept
  }

  // What the server could not put back by itself, because no field of a form draws it.
  function putBack (form) {
    if (!form.dataset.restored) return
    const kept = JSON.parse(form.dataset.restored)
    for (const name of Object.keys(kept)) {
      if (NEVER.includes(name)) continue
      const values = kept[name]
      const controls = Array.from(form.elements).filter(function (one) { return one.name === name })
      let next = 0
      controls.forEach(function (control) {
        if (control.type === 'checkbox' || control.type === 'radio') control.checked = values.includes(control.value)
        else if (control.type !== 'file' && control.type !== 'password' && next < values.length) control.value = values[next++]
      })
    }
  }

  // Words typed before this script had come. A browser that goes back puts in what was sent already: that is not kept.
  function typedEarly (form) {
    const way = window.performance.getEntriesByType('navigation')[0]
    if (form.dataset.restored || (way && way.type !== 'navigate')) return false
    return Array.from(form.elements).some(function (control) {
      if (!control.name || NEVER.includes(control.name) || ['hidden', 'password', 'file'].includes(control.type)) return false
      if (control.type === 'checkbox' || control.type === 'radio') return control.checked !== control.defaultChecked
      if (control.options) {
        const served = Array.from(control.options).some(function (one) { return one.defaultSelected })
        return served ? Array.from(control.options).some(function (one) { return one.defaultSelected !== one.selected }) : control.selectedIndex > 0
      }
      return control.defaultValue !== undefined && control.value !== control.defaultValue
    })
  }

  function start (form) {
    putBack(form)
    const status = document.createElement('p')
    status.className = 'app-autosave'
    status.setAttribute('role', 'status')
    form.append(status)
    const key = document.createElement('input')
    key.type = 'hidden'
    key.name = 'typed_text'
    key.value = form.dataset.autosave
    form.append(key)
    // Where several buttons send the form, or the one has a name of its own, none of them is named.
    const sends = Array.from(form.querySelectorAll('button:not([type=button])'))
    const one = sends.length === 1 && !sends[0].name ? sends[0].textContent.trim() : ''
    const then = one ? ' It counts once you press “' + one + '”.' : ' It counts once you send the form.'
    let timer = null
    const early = typedEarly(form)
    let last = form.dataset.restored || early ? '' : JSON.stringify(textOf(form))
    let typed = false
    let leaving = false

    function save (closing) {
      window.clearTimeout(timer)
      const now = JSON.stringify(textOf(form))
      if (!typed || now === last || leaving) return
      const body = new URLSearchParams({ form: form.dataset.autosave, inspection: form.dataset.inspection || '', fields: now })
      const token = form.querySelector('[name=csrfmiddlewaretoken]').value
      window.fetch(address, { method: 'POST', body, headers: { 'X-CSRFToken': token }, keepalive: closing === true, redirect: 'error' })
        .then(function (answer) {
          if (!answer.ok) throw new Error('refused')
          document.dispatchEvent(new Event('goldthread:seen'))
          last = now
          const clock = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
          status.textContent = 'Saved as you typed at ' + clock + ', for you alone.' + then
          status.classList.remove('app-autosave--failed')
        })
        .catch(function () {
          status.textContent = navigator.onLine
            ? 'Not saved: Goldthread does not answer, or you were signed out. Keep this page open. If you were signed out, sign in again in another tab.'
            : 'Not saved: no connection. Keep this page open; it tries again.'
          status.classList.add('app-autosave--failed')
          if (closing !== true) document.dispatchEvent(new Event('goldthread:refused'))
          timer = window.setTimeout(save, PAUSE * 3)
        })
    }

    function soon () {
      typed = true
      window.clearTimeout(timer)
      timer = window.setTimeout(save, PAUSE)
    }
    form.addEventListener('input', soon)
    form.addEventListener('change', soon)
    form.addEventListener('submit', function () { leaving = true; window.clearTimeout(timer) })
    window.addEventListener('pageshow', function () { leaving = false })
    window.addEventListener('online', function () { save() })
    if (early) soon()
    document.addEventListener('visibilitychange', function () { if (document.visibilityState === 'hidden') save(true) })
    window.addEventListener('pagehide', function () { save(true) })
  }

  document.querySelectorAll('form[data-autosave]').forEach(start)
})()
