"""Addresses of the MDT section."""

from django.urls import path

from alongside.desk.mdt import (
    agencies,
    agendas,
    family,
    minutes,
    month,
    papers,
    places,
    sessions,
)

urlpatterns = [
    # /mdt/
    path("mdt/", month.month, name="mdt"),
    path("mdt/waiting/", month.waiting_list, name="mdt_waiting"),
    path("mdt/minutes/", papers.written, name="mdt_minutes"),
    path("mdt/plan/", sessions.plan, name="mdt_plan"),
    path("mdt/book/", places.book, name="mdt_book"),
    path("mdt/family/", family.plan, name="mdt_family"),
    path("mdt/agencies/", agencies.agencies, name="mdt_agencies"),
    path(
        "mdt/agencies/<uuid:ref>/end/", agencies.end_invitation, name="mdt_agency_end"
    ),
    # /mdt/<ref>/: one session
    path("mdt/<uuid:ref>/", sessions.session, name="mdt_meeting"),
    path("mdt/<uuid:ref>/change/", sessions.change, name="mdt_change"),
    path("mdt/<uuid:ref>/stand/", sessions.stand, name="mdt_stand"),
    path("mdt/<uuid:ref>/move-all/", sessions.move_all, name="mdt_move_all"),
    path("mdt/<uuid:ref>/times/", sessions.times, name="mdt_times"),
    path("mdt/<uuid:ref>/agendas/", agendas.agendas, name="mdt_agendas"),
    path("mdt/<uuid:ref>/agendas/own/", agendas.own_paper, name="mdt_agenda_own"),
    path("mdt/<uuid:ref>/agendas/tell/", agendas.tell, name="mdt_agendas_tell"),
    path(
        "mdt/<uuid:ref>/agendas/<uuid:agency>/",
        agendas.agency_paper,
        name="mdt_agenda_paper",
    ),
    path("mdt/<uuid:ref>/agenda/", agencies.own_agenda, name="mdt_own_agenda"),
    path("mdt/<uuid:ref>/minutes/", papers.session_minutes, name="mdt_session_paper"),
    # /mdt/item/<ref>/: one young person's turn
    path("mdt/item/<uuid:ref>/", minutes.item, name="mdt_item"),
    path("mdt/item/<uuid:ref>/move/", places.move, name="mdt_move"),
    path("mdt/item/<uuid:ref>/off/", places.off, name="mdt_off"),
    path("mdt/item/<uuid:ref>/section/", places.section, name="mdt_section"),
    path("mdt/item/<uuid:ref>/paper/", papers.item_minutes, name="mdt_item_paper"),
]
