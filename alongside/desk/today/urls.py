"""Addresses of Today."""

from django.urls import path

from alongside.desk.today import unit, views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/unit/", unit.today_unit, name="today_unit"),
    path("today/how-due/", views.explained, name="due_explained"),
    path("today/<uuid:ref>/", views.settle, name="today_settle"),
    path("today/<uuid:ref>/take-back/", views.take_back, name="today_take_back"),
]
