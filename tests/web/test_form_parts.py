"""What forms and lists are made of: tokens, sentences, order, pages, dates."""

import re
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.paginator import Paginator

from alongside.web.examples import ContactForm
from alongside.web.templatetags.components import pages_near, problems
from tests.web.conftest import Ask, Draw

TODAY = date(2026, 11, 19)
FIELD = '{% include "web/components/field.html" %}'


def test_each_form_gets_a_token_of_its_own(draw: Draw) -> None:
    drawn = draw("{% form_token %}{% form_token %}", path="/youth/7/plan/")
    tokens = re.findall(r'name="form_token" value="([^"]+)"', drawn)
    assert len({UUID(token) for token in tokens}) == 2
    assert drawn.count('autocomplete="off"') == drawn.count("<input")
    assert 'name="draft_path" value="/youth/7/plan/"' in drawn


def test_a_part_fetched_by_htmx_names_the_page_it_is_on(draw: Draw, ask: Ask) -> None:
    request = ask(
        "/act/3/", target="day", **{"HX-Current-URL": "http://testserver/today/?on=1"}
    )
    drawn = draw("{% form_token %}", request=request)
    assert 'name="draft_path" value="/today/"' in drawn


def test_errors_are_sentences_that_say_what_to_do() -> None:
    form = ContactForm({"how": "letter", "day": "2026-11-29"})
    assert [(one.sentence, one.target) for one in problems(form)] == [
        ("The contact cannot be after today, Nov 19.", "id_day"),
        ("Choose one of the answers to “How”.", "id_how_0"),
        ("Choose an answer to “Where”.", "id_place"),
        ("Check “He agreed to be called again”.", "id_agreed"),
    ]


def test_an_error_of_the_whole_form_leads_nowhere_and_comes_first() -> None:
    form = ContactForm({})
    form.add_error(None, "Somebody is seeing him then.")
    first = problems(form)[0]
    assert (first.sentence, first.target) == ("Somebody is seeing him then.", "")


def test_a_sentence_of_our_own_is_left_as_it_is() -> None:
    class Own(forms.Form):
        who = forms.CharField(error_messages={"required": "Say who it was."})

    assert [one.sentence for one in problems(Own({}))] == ["Say who it was."]


def test_a_blank_form_has_no_problems() -> None:
    assert problems(ContactForm()) == []
    assert problems("", [ContactForm()]) == []


def test_summary_and_field_say_the_same(draw: Draw) -> None:
    form = ContactForm({"day": "2026-11-29"})
    drawn = draw(FIELD, field=form["day"])
    assert "The contact cannot be after today, Nov 19." in drawn
    assert 'id="id_day_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert re.search(r'aria-describedby="[^"]*id_day_error', drawn)


def test_dates_and_times_are_native_fields(draw: Draw) -> None:
    form = ContactForm(initial={"day": TODAY})
    assert 'type="date"' in draw(FIELD, field=form["day"])
    assert 'value="2026-11-19"' in draw(FIELD, field=form["day"])
    assert 'type="time"' in draw(FIELD, field=form["time"])


def test_what_was_typed_stays(draw: Draw) -> None:
    form = ContactForm({"note": '<b>"hello"</b>', "how": "call"})
    note = draw(FIELD, field=form["note"])
    assert "&lt;b&gt;&quot;hello&quot;&lt;/b&gt;" in note
    how = draw(FIELD, field=form["how"])
    assert re.search(r'value="call"[^>]* checked', how)


def test_sorting_keeps_the_filter_and_leaves_the_page(draw: Draw) -> None:
    head = '{% sort_head "name" "Name" %}'
    assert 'href="?staying=home&amp;sort=name"' in draw(
        head, path="/caseload/?staying=home&page=4"
    )
    drawn = draw(head, path="/caseload/?sort=name")
    assert 'aria-sort="ascending"' in drawn
    assert 'href="?sort=-name"' in drawn
    assert 'aria-sort="descending"' in draw(head, sort="-name")


def test_pages_near_are_shown_and_the_rest_left_out() -> None:
    assert pages_near(Paginator(range(300), 16), 10) == [
        *(1, None, 9, 10, 11, None, 19),
    ]


def test_a_link_to_a_page_keeps_the_filter(draw: Draw) -> None:
    assert draw("{% page_link 3 %}", path="/caseload/?q=x&page=2") == "?q=x&amp;page=3"


def test_an_instant_must_be_put_on_a_clock_first(draw: Draw) -> None:
    at = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # still the 19th in the unit
    values = {"at": at, "today": TODAY, "zone": ZoneInfo("America/Los_Angeles")}
    with pytest.raises(TypeError, match="date_in"):
        draw("{{ at|day:today }}", **values)
    assert "Thu, Nov\N{NO-BREAK SPACE}19" in draw(
        "{{ at|date_in:zone|day:today }}", **values
    )
    assert "8:00\N{NO-BREAK SPACE}pm" in draw("{{ at|clock_time:zone }}", **values)
    assert "Today, 8:00" in re.sub("<[^>]+>", "", draw("{% moment at %}", **values))


@pytest.mark.parametrize("tag", ['{% icon "inbox" %}', '{% shape "late" %}'])
def test_a_drawing_that_does_not_exist_is_an_error(draw: Draw, tag: str) -> None:
    with pytest.raises(ValueError, match="There is no"):
        draw(tag)


def test_initials_for_a_title(draw: Draw) -> None:
    assert draw('{{ "Joaquín Ramos Orellana"|initials:"." }}') == "J.O."
    assert draw('{{ "Prince"|initials:"." }}') == "P."
