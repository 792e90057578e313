"""Addresses of a record; ``<ref>`` is a random reference, never a key or a name."""

from django.urls import path

from alongside.desk.youth import (
    calendar,
    changes,
    contact,
    documents,
    emergency,
    facts,
    identity,
    people,
    sharing,
    summary,
    timeline,
    words,
)

urlpatterns = [
    # ---------- the record ----------
    path("youth/<uuid:ref>/", summary.summary, name="youth"),
    path("youth/<uuid:ref>/timeline/", timeline.timeline, name="youth_timeline"),
    path("youth/<uuid:ref>/facts/", facts.history, name="youth_facts"),
    path("youth/<uuid:ref>/facts/<slug:name>/", facts.change, name="fact_change"),
    path("youth/<uuid:ref>/changes/", changes.changes, name="youth_changes"),
    path("youth/<uuid:ref>/edit/", identity.edit, name="youth_edit"),
    path("youth/<uuid:ref>/names/", identity.names, name="youth_names"),
    path("youth/<uuid:ref>/own-words/", words.own_words, name="own_words_add"),
    path("youth/<uuid:ref>/note/", words.cover_note, name="cover_note"),
    # ---------- people around a young person ----------
    path("youth/<uuid:ref>/people/", people.around, name="youth_people"),
    path("youth/<uuid:ref>/people/add/", people.add, name="person_add"),
    path("person/<uuid:ref>/", people.change, name="person_change"),
    path("person/<uuid:ref>/end/", people.end, name="person_end"),
    # ---------- papers ----------
    path("youth/<uuid:ref>/documents/", documents.papers, name="youth_documents"),
    path("youth/<uuid:ref>/documents/add/", documents.add, name="document_add"),
    path("document/<uuid:ref>/", documents.download, name="document"),
    # ---------- who can see ----------
    path("youth/<uuid:ref>/access/", sharing.who_can_see, name="youth_access"),
    path("youth/<uuid:ref>/access/share/", sharing.share, name="youth_share"),
    path(
        "youth/<uuid:ref>/access/<uuid:grant>/end/", sharing.end, name="youth_share_end"
    ),
    path("youth/<uuid:ref>/emergency/", emergency.open_now, name="emergency"),
    path("unit/emergencies/", emergency.review, name="emergencies"),
    # ---------- contacts and the calendar ----------
    path("contact/", contact.whom, name="contact_start"),
    path("youth/<uuid:ref>/contact/", contact.log, name="contact_log"),
    path("youth/<uuid:ref>/plan-something/", calendar.plan, name="activity_plan"),
    path("activity/<uuid:ref>/", calendar.settle, name="activity_settle"),
]
