"""Addresses of the unit's own affairs."""

from django.urls import path

from alongside.desk.unit import views

urlpatterns = [
    path("unit/", views.unit, name="unit"),
    path("unit/cover/", views.cover, name="cover"),
    path("unit/cover/<uuid:ref>/end/", views.cover_end, name="cover_end"),
    path("unit/policies/", views.policies, name="policies"),
    path("unit/policies/<slug:code>/", views.policy, name="policy"),
]
