"""Papers of a record: kept, listed, and sent only as a file to save."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from alongside.access.door import requires
from alongside.access.events import Event
from alongside.access.log import record
from alongside.access.permissions import Permission
from alongside.access.records import open_record
from alongside.access.request import Request
from alongside.desk.youth.form_page import form_page, seen
from alongside.desk.youth.forms import PaperForm
from alongside.desk.youth.header import compartments, header, parts_seen
from alongside.desk.youth.wording import called
from alongside.forms.vocabulary import Vocabulary, vocabulary_for
from alongside.people.actions import add_document
from alongside.people.models import Document, Youth
from alongside.people.rules import MAX_BYTES, part_of_document, refusal_to_keep
from alongside.web.pages import page


@requires(Permission.RECORD_READ)
def papers(request: Request, ref: UUID) -> HttpResponse:
    """The papers one may see, the newest first."""
    youth = open_record(request, Youth, ref, part="documents")
    words = vocabulary_for(request.actor)
    found = Document.objects.filter(youth=youth).defer("content")
    return page(
        request,
        "desk/youth/documents.html",
        {
            **header(request, youth, "documents", words=words),
            "who": called(youth),
            "papers": list(found.select_related("added_by")[:200]),
            "may_add": request.actor.may(Permission.DOCUMENT_ADD),
        },
    )


@requires(Permission.DOCUMENT_ADD)
def add(request: Request, ref: UUID) -> HttpResponse:
    """Keep a paper; its kind decides which part of the record it belongs to."""
    youth = open_record(request, Youth, ref, part="documents")
    words = vocabulary_for(request.actor)
    kinds = _kinds(words, compartments(parts_seen(request, youth)))
    form = PaperForm(request.POST or None, request.FILES or None, kinds=kinds)
    if form.is_valid() and _is_kept(form):
        given = form.cleaned_data
        add_document(
            youth,
            given["kind"],
            given["title"],
            given["file"].name,
            given["content"],
            by=request.actor,
            at=request.at,
            dated=given["dated"],
        )
        return seen("youth_documents", youth)
    return form_page(
        request,
        youth,
        form,
        heading="Add a paper",
        save="Keep the paper",
        section="documents",
        back="youth_documents",
        upload=True,
        words=words,
    )


@requires(Permission.RECORD_READ)
def download(request: Request, ref: UUID) -> HttpResponse:
    """The paper as a file to save; a browser never opens it on our pages."""
    paper = open_record(request, Document, ref, log=False)
    record(Event.DOCUMENT_READ, by=request.actor, at=request.at, about=paper)
    name = f"paper-{paper.dated or paper.added_at.date()}.{paper.extension}"
    return HttpResponse(
        bytes(paper.content),
        content_type=paper.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


def _kinds(words: Vocabulary, parts: set[str]) -> list[tuple[str, str]]:
    """Kinds of paper whose part the actor sees; nobody files what they cannot see."""
    return [
        (code, name)
        for code, name in words.choices("document_kind")
        if part_of_document(code) in parts
    ]


def _is_kept(form: PaperForm) -> bool:
    """Read the file; its field says why it cannot be kept, by the action's own rule."""
    file: Any = form.cleaned_data["file"]
    content = file.read(MAX_BYTES + 1)
    form.cleaned_data["content"] = content
    refusal = refusal_to_keep(file.name, content)
    if refusal:
        form.add_error("file", refusal)
    return refusal is None
