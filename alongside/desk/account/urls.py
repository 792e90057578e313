"""Addresses of signing in, the lock, drafts and the quick exit."""

from django.urls import path

from alongside.desk.account import views

urlpatterns = [
    path("", views.home, name="home"),  # /
    path("lock/", views.lock, name="lock"),  # /lock/
    path("exit/", views.quick_exit, name="quick_exit"),  # /exit/
    path("draft/", views.draft, name="draft"),  # /draft/
]
