// Runs as the body opens: says that scripts work, so that nothing flickers and the components may start.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
