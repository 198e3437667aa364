"""The root of all addresses: the pages, and nothing else. There is no Django admin, by decision."""

from django.urls import include, path

urlpatterns = [path("", include("goldthread.web.urls"))]

handler400 = "goldthread.web.pages.errors.bad_request"
handler403 = "goldthread.web.pages.errors.forbidden"
handler404 = "goldthread.web.pages.errors.not_found"
handler500 = "goldthread.web.pages.errors.server_error"
