"""Addresses of the caseload, of handing over, and of closing."""

from django.urls import path

from alongside.desk.caseload import hand_over, views

urlpatterns = [
    path("caseload/", views.caseload, name="caseload"),
    path("caseload/export/", views.export, name="caseload_export"),
    path("caseload/save/", views.save_filter, name="caseload_save"),
    path("caseload/hand-over/", hand_over.hand_over, name="hand_over"),
    path("hand-over/<uuid:ref>/", hand_over.answer, name="hand_over_answer"),
    path("youth/<uuid:ref>/close/", hand_over.close, name="case_close"),
]
