"""Addresses that belong to no section."""

from django.urls import path

from alongside.web import views

app_name = "web"

urlpatterns = [
    path("ui/", views.components, name="components"),  # /ui/
    path("weather/", views.weather, name="weather"),  # /weather/
]
