"""Addresses of finding."""

from django.urls import path

from alongside.desk.find import views

urlpatterns = [
    path("find/", views.find, name="find"),
]
