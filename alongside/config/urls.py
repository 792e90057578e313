"""Every address; each section's own list is in ``desk/urls.py``."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("alongside.web.urls")),
    path("", include("alongside.desk.urls")),
]
