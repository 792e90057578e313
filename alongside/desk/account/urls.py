"""Addresses of signing in, the lock, drafts and the quick exit."""

from django.urls import path

from alongside.desk.account import library, views

urlpatterns = [
    path("account/login/", views.sign_in, name="account_login"),
    path("demo/<uuid:ref>/", views.demo_door, name="demo_door"),  # /demo/<ref>/
    path("", views.home, name="home"),  # /
    path("lock/", views.lock, name="lock"),  # /lock/
    path("exit/", views.quick_exit, name="quick_exit"),  # /exit/
    path("draft/", views.draft, name="draft"),  # /draft/
    *library.urlpatterns,
]
