"""Addresses of the imports of a unit's own workbooks."""

from django.urls import path

from alongside.desk.imports import views

urlpatterns = [
    path("unit/imports/", views.imports, name="imports"),
    path("unit/imports/<uuid:ref>/", views.report, name="import_report"),
    path("unit/imports/<uuid:ref>/headings/", views.headings, name="import_headings"),
    path("unit/imports/<uuid:ref>/dry-run/", views.dry_run, name="import_dry_run"),
    path("unit/imports/<uuid:ref>/cells/", views.cells, name="import_cells"),
    path("unit/imports/<uuid:ref>/stop/", views.stop, name="import_stop"),
    path("unit/imports/<uuid:ref>/undo/", views.undo, name="import_undo"),
    path("unit/imports/<uuid:ref>/give-up/", views.give_up, name="import_give_up"),
]
