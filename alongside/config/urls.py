"""Every address; each section's own list is in ``desk/urls.py``."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.desk.urls")),
    path("", include("alongside.web.urls")),
]

handler400 = "alongside.web.views.bad_request"
handler403 = "alongside.web.views.not_permitted"
handler404 = "alongside.web.views.not_found"
handler500 = "alongside.web.views.server_error"
