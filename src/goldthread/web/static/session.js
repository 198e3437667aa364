// Warns five minutes before a session ends for want of use. What was typed is kept already.
(function () {
  const idle = Number(document.body.dataset.idleSeconds)
  const address = document.body.dataset.stillHere
  if (!idle || !address) return
  const WARNING = 300
  let before = null
  let warning = null
  let over = null

  function paragraph (text) {
    const made = document.createElement('p')
    made.className = 'govuk-body'
    made.textContent = text
    return made
  }

  function warn () {
    before = document.activeElement
    warning = document.createElement('div')
    warning.className = 'app-session-warning'
    warning.setAttribute('role', 'alertdialog')
    warning.setAttribute('aria-labelledby', 'session-warning')
    const says = paragraph('You will be signed out in five minutes. What you have typed in a form that says so is saved.')
    says.id = 'session-warning'
    const stay = document.createElement('button')
    stay.type = 'button'
    stay.className = 'govuk-button'
    stay.textContent = 'Stay signed in'
    stay.addEventListener('click', function () {
      window.fetch(address, { redirect: 'error' }).then(function (answer) {
        if (!answer.ok) throw new Error('gone')
        close()
        begin()
      }).catch(ended)
    })
    warning.append(says, stay)
    document.body.append(warning)
    stay.focus()
    over = window.setTimeout(ended, WARNING * 1000)
  }

  function ended () {
    window.clearTimeout(over)
    if (!warning) return
    warning.replaceChildren(paragraph('You have been signed out. What was saved as you typed is kept: sign in again and it is offered back to you.'))
    const link = document.createElement('a')
    link.className = 'govuk-link'
    link.href = document.body.dataset.signIn + '?next=' + encodeURIComponent(window.location.pathname)
    link.textContent = 'Sign in again'
    warning.append(link)
    link.focus()
  }

  function close () {
    window.clearTimeout(over)
    warning.remove()
    warning = null
    if (before && before.focus) before.focus()
  }

  let timer = null
  function begin () {
    window.clearTimeout(timer)
    timer = window.setTimeout(warn, Math.max(idle - WARNING, 10) * 1000)
  }
  function seen () { if (!warning) begin() }
  document.addEventListener('htmx:afterRequest', seen)
  document.addEventListener('goldthread:seen', seen)
  begin()
})()
