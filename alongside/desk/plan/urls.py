"""Addresses of a youth's plan."""

from django.urls import path

from alongside.desk.plan import papers, views

urlpatterns = [
    # /youth/<ref>/plan/
    path("youth/<uuid:ref>/plan/", views.plan, name="youth_plan"),
    path("youth/<uuid:ref>/plan/goal/", views.add_goal, name="goal_add"),
    path("youth/<uuid:ref>/plan/paper/", papers.pdf_for_court, name="plan_pdf"),
    path("youth/<uuid:ref>/plan/sheet/", papers.sheet, name="plan_sheet"),
    # /goal/<ref>/
    path("goal/<uuid:ref>/", views.change_goal, name="goal_change"),
    path("goal/<uuid:ref>/end/", views.end_goal, name="goal_end"),
    path("goal/<uuid:ref>/step/", views.add_step, name="step_add"),
    path("goal/<uuid:ref>/note/", views.add_note, name="progress_add"),
    path("goal/<uuid:ref>/same/<uuid:other>/", views.same_wish, name="goal_same"),
    # /step/<ref>/
    path("step/<uuid:ref>/", views.settle_step, name="step_settle"),
]
