"""Writing and reading practices in a browser: drafts, two editors, previews, review, paper, data, tables."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from app.kernel.db import db
from app.kernel.texts import Texts
from app.materials.rules import Visibility
from app.network.actors import SYSTEM
from app.network.models import Organisation, Programme, Project
from app.practices import links, queries, services
from app.practices.errors import ColumnsMissing, SheetUnreadable
from app.practices.inputs import AuthorInput, UseInput
from app.practices.models import Practice, PracticeChange
from app.practices.queries import reviewing
from app.practices.rules import Act
from app.practices.rules.columns import Known, rows_of
from app.practices.rules.states import State, Step
from app.practices.rules.tables import read_table, undefused
from app.practices.rules.videos import video_of
from tests.builders import NOW, make_account, make_organisation, make_person
from tests.files import samples
from tests.forms import hidden_values, send
from tests.materials.helpers import add as add_material
from tests.practices.test_practices import an_event, make_item, make_practice
from tests.practices.test_states import full
from tests.signing_in import sign_in_administrator, sign_in_manager


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(file, format="PNG")
    file.seek(0)
    return file


def text(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


@pytest.fixture
def owner(client: FlaskClient) -> Organisation:
    """Whose practices the client writes."""
    organisation = make_organisation("Cluster & Co")
    sign_in_manager(client, organisation, "ada@filo.example")
    return organisation


def written(owner: Organisation, **changes: Any) -> Practice:
    return services.add(values=full(owner.id, **changes), actor=SYSTEM, now=NOW)


def typed(practice: Practice, **changes: str) -> dict[str, str]:
    values = {f"{part}_en": f"Words on {part}" for part in ("title", "summary", "problem", "body", "resources")}
    values |= {f"{part}_en": f"Words on {part}" for part in ("evidence", "lessons", "transfer")}
    return values | {"owner_id": str(practice.owner_id), "country_code": "IT"} | changes


def test_a15_three_acts_at_one_event_with_notes_outcome_item_and_clock(client: FlaskClient) -> None:
    organiser = make_organisation("Organiser")
    event, practice = an_event(organiser=organiser), make_practice()
    item = make_item(event, start="09:45")
    sign_in_manager(client, organiser, "ada@filo.example")
    page = f"/manage/events/{event.slug}/practices"
    values: dict[str, Any] = {
        "practice_id": str(practice.id),
        "act": ["presented", "shared"],
        "agenda_item_id": str(item.id),
        "notes": "slides",
    }
    assert send(client, page, values).status_code == 303
    discussed = UseInput(practice_id=practice.id, act=Act.DISCUSSED, notes="4 notes", outcome="Two visits agreed")
    services.record_use(event_id=event.id, values=discussed, actor=SYSTEM, now=NOW)
    html = text(client, f"/practices/{practice.slug}")
    for words in ("Presented", "09:45", "Shared", "slides", "Discussed", "4 notes", "Two visits agreed"):
        assert words in html


def test_b06_practices_are_searched_and_compared_side_by_side(client: FlaskClient) -> None:
    one, other = make_practice(problem=Texts(en="Nobody meets")), make_practice(title=Texts(en="Another"))
    hidden = make_practice(title=Texts(en="Hidden"), is_published=False)
    html = text(client, f"/practices/compare?p={one.slug}&p={other.slug}&p={hidden.slug}&p=%00")
    assert "Nobody meets" in html
    assert html.count('scope="col"') == 2
    assert "Hidden" not in html
    assert "two or three" in text(client, f"/practices/compare?p={one.slug}")
    assert one.slug in text(client, "/practices?q=nobody+meets")


def test_what_did_not_work_is_found_and_said(client: FlaskClient) -> None:
    failed = make_practice(title=Texts(en="Buying together"), did_not_work=True)
    make_practice(title=Texts(en="A calendar"))
    html = text(client, "/practices?outcome=failed")
    assert ("Buying together" in html, "A calendar" in html) == (True, False)
    assert "did not work" in text(client, f"/practices/{failed.slug}")


def test_a_draft_survives_a_reload_and_is_gone_after_saving(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner)
    page = f"/manage/practices/{practice.slug}"
    form = hidden_values(text(client, page)) | typed(practice, body_en="Half a sen")
    assert client.post(f"/manage/practices/drafts/{practice.slug}", data=form).json["is_behind"] is False
    html = text(client, page)
    assert "Half a sen" in html
    assert "not saved it yet" in html
    assert practice.body["en"] == "Words on body"
    assert send(client, page, typed(practice, body_en="Half a sentence more")).status_code == 303
    assert "not saved it yet" not in text(client, page)
    form |= {"do": "draft", "body_en": "<script>"}
    assert client.post(page, data=form).status_code == 303
    assert "&lt;script&gt;" in text(client, page)
    assert send(client, page, {}, to=f"/manage/practices/drafts/{practice.slug}/removal").status_code == 303
    assert reviewing.draft(1, str(practice.id)) is None


def test_two_editors_both_keep_what_they_wrote_or_are_told(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner)
    page = f"/manage/practices/{practice.slug}"
    opened = hidden_values(text(client, page))
    theirs = full(owner.id, lessons=Texts(en="Their lessons"), evidence=Texts(en="Their evidence"))
    services.edit(practice_id=practice.id, values=theirs, actor=SYSTEM, now=NOW)
    both = client.post(page, data=opened | typed(practice, body_en="My body"))
    assert both.status_code == 303
    assert (practice.body["en"], practice.lessons["en"]) == ("My body", "Their lessons")
    clash = client.post(page, data=opened | typed(practice, evidence_en="My evidence"))
    html = clash.get_data(as_text=True)
    assert clash.status_code == 409
    assert "<del>Their</del><ins>My</ins>" in html
    again = client.post(page, data=hidden_values(html) | typed(practice, evidence_en="My evidence"))
    assert again.status_code == 303
    assert practice.evidence["en"] == "My evidence"


def test_line_breaks_of_browsers_change_and_count_nothing(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner, body=Texts(en="One\nTwo"))
    page = f"/manage/practices/{practice.slug}"
    assert "7 of 1500 characters" in text(client, page)
    assert send(client, page, typed(practice, body_en="One\r\nTwo")).status_code == 303
    assert queries.practice(practice.id).body["en"] == "One\nTwo"


def test_a_preview_works_with_a_button_and_alone(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner)
    page = f"/manage/practices/{practice.slug}"
    answer = send(client, page, typed(practice, body_en="**bold** <script>", do="preview"))
    assert answer.status_code == 200
    assert "<strong>bold</strong> &lt;script&gt;" in answer.get_data(as_text=True)
    form = hidden_values(text(client, page)) | {"text": "**bold** <script>"}
    assert client.post("/manage/practices/preview", data=form).get_data(as_text=True).startswith("<p><strong>bold")
    assert practice.version == 1


def test_versions_show_words_that_changed_and_come_back(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner, evidence=Texts(en="70 events"))
    services.edit(practice_id=practice.id, values=full(owner.id, evidence=Texts(en="90 events")), actor=SYSTEM, now=NOW)
    page = f"/manage/practices/{practice.slug}/versions"
    assert "<del>70</del><ins>90</ins> events" in text(client, f"{page}/2")
    assert send(client, f"{page}/1", {}, to=f"{page}/1/restoration").status_code == 303
    assert (practice.evidence["en"], practice.version) == ("70 events", 3)
    assert client.get(f"{page}/99").status_code == 404


def test_reviewers_comment_beside_the_text_and_settle(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner)
    page = f"/manage/practices/{practice.slug}/review"
    said = {"comment-part": "evidence", "comment-quote": "Words", "comment-text": "Who counted? <b>"}
    html = text(client, page)
    token = {"csrf_token": hidden_values(html).get("csrf_token", ""), "comment-csrf_token": _token(html, "comment-")}
    assert client.post(f"{page}/comments", data=said | token).status_code == 303
    html = text(client, page)
    assert "Who counted? &lt;b&gt;" in html
    [remark] = queries.comments_of(practice.id)
    assert send(client, page, {}, to=f"{page}/comments/{remark.id}/settled").status_code == 303
    assert remark.settled_at is not None
    assert client.post(f"{page}/comments", data={"comment-part": "evidence"} | token).status_code == 422


@pytest.mark.parametrize(("step", "status"), [("step_identify", 303), ("step_validate", 403), ("nonsense", 422)])
def test_steps_are_taken_by_form(client: FlaskClient, owner: Organisation, step: str, status: int) -> None:
    practice = written(owner)
    page = f"/manage/practices/{practice.slug}/review"
    services.publish(practice_id=practice.id, actor=SYSTEM, now=NOW) if status == 403 else None
    assert send(client, page, {"step": step}, to=f"{page}/steps").status_code == status


def test_a_missing_reason_is_said_beside_its_field(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner)
    services.publish(practice_id=practice.id, actor=SYSTEM, now=NOW)
    page = f"/manage/practices/{practice.slug}/review"
    answer = send(client, page, {"step": "step_retire"}, to=f"{page}/steps")
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.get_data(as_text=True)
    assert send(client, page, {"step": "step_retire", "reason": "Too old"}, to=f"{page}/steps").status_code == 303
    client.delete_cookie("session")
    html = text(client, f"/practices/{practice.slug}")
    assert "Retired: Too old" in html


def test_an_author_agrees_and_withdraws_by_link(client: FlaskClient) -> None:
    practice, person = make_practice(), make_person("Ada", "Esempio")
    values = AuthorInput(person_id=person.id, organisation_id=practice.owner_id)
    author = services.add_author(practice_id=practice.id, values=values, actor=SYSTEM, now=NOW)
    page, shown = f"/practices/authors/{links.token(author)}", f"/practices/{practice.slug}"
    for tail, is_named in (("", False), ("/agreement", True), ("/withdrawal", False)):
        if tail:
            assert send(client, page, {"version": "1"}, to=page + tail).status_code == 303
        html = text(client, shown)
        assert ("Ada Esempio" in html, "Written by" in html) == (is_named, True)
    assert client.get(page[:-1] + "x").status_code == 404


def test_a_picture_needs_a_credit(client: FlaskClient, owner: Organisation) -> None:
    practice = written(owner)
    services.publish(practice_id=practice.id, actor=SYSTEM, now=NOW)
    page = f"/manage/practices/{practice.slug}/files"
    token = hidden_values(text(client, page))
    for credit, status in (("", 422), ("Eva Bild", 303)):
        values = token | {"about": "The lab", "credit": credit, "files": (picture(), "lab.png")}
        assert client.post(page, data=values).status_code == status
    html = text(client, f"/practices/{practice.slug}")
    assert "Picture: Eva Bild" in html
    [row] = practice.files
    assert client.get(f"/practices/{practice.slug}/files/{row.id}").mimetype == "image/png"


def test_a_video_is_asked_for_only_after_a_click(client: FlaskClient) -> None:
    practice = make_practice(video_url="https://www.youtube.com/watch?v=abcdefghijk")
    before, after = client.get(f"/practices/{practice.slug}"), client.get(f"/practices/{practice.slug}?video=1")
    assert "<iframe" not in before.get_data(as_text=True)
    assert "frame-src" not in before.headers["Content-Security-Policy"]
    assert 'src="https://www.youtube-nocookie.com/embed/abcdefghijk' in after.get_data(as_text=True)
    assert "frame-src https://www.youtube-nocookie.com" in after.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["http://youtu.be/abcdefghijk", "https://evil.example/watch?v=abcdefghijk", "javascript:alert(1)", "x"]
)
def test_other_addresses_are_no_videos(address: str) -> None:
    assert video_of(address) is None


@pytest.mark.parametrize("lang", ["en", "it", "de"])
def test_the_paper_is_one_page_with_sentence_in_three_languages(client: FlaskClient, lang: str) -> None:
    programme = Programme(
        code="P", name=Texts(en="Alpine Space"), period_from=2014, period_to=2020, fund="ERDF", emblem="none.svg",
        funding_sentence=Texts(en="Co-financed", it="Cofinanziato", de="Kofinanziert"),
    )  # fmt: skip
    project = Project(slug="a", acronym="S3", aliases=[], title=Texts(), objectives=Texts(), programme=programme)
    db.session.add(project)
    db.session.flush()
    said = {name: Texts(en="żółć 漢 **bold** " + "word " * 60) for name in ("body", "evidence", "lessons", "transfer")}
    practice = make_practice(**said)
    practice.project_id = project.id
    db.session.commit()
    answer = client.get(f"/practices/{practice.slug}.pdf?lang={lang}", headers={"Accept-Language": lang})
    pages = PdfReader(io.BytesIO(answer.data)).pages
    assert len(pages) == 1
    assert {"en": "Co-financed", "it": "Cofinanziato", "de": "Kofinanziert"}[lang] in pages[0].extract_text()


def test_the_data_names_nobody_who_does_not_agree(client: FlaskClient) -> None:
    practice, person = make_practice(), make_person("Ada", "Esempio")
    values = AuthorInput(person_id=person.id, organisation_id=practice.owner_id)
    services.add_author(practice_id=practice.id, values=values, actor=SYSTEM, now=NOW)
    data = client.get(f"/practices/{practice.slug}.json").json
    assert data["title"] == {"en": "A cluster academy", "it": "Un'accademia di cluster"}
    assert data["authors"] == [{"name": None, "organisation": practice.owner.name}]
    assert client.get(f"/practices/{make_practice(is_published=False).slug}.json").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_goes_out_and_comes_back_the_same(client: FlaskClient, owner: Organisation, kind: str) -> None:
    practice = written(owner, title=Texts(en="=1+1", it="Città"), keywords=("a", "b"), cost_eur=12, is_ongoing=True)
    before = queries.version(practice.id, 1).content
    table = client.get(f"/manage/practices/export.{kind}").data
    if kind == "xlsx":
        cells = {cell.value: cell.data_type for row in openpyxl.load_workbook(io.BytesIO(table)).active for cell in row}
        assert cells["=1+1"] == "s"
    else:
        assert b"'=1+1" in table
    page = "/manage/practices/import"
    sent = hidden_values(text(client, page)) | {"files": (io.BytesIO(table), f"t.{kind}")}
    html = client.post(page, data=sent).get_data(as_text=True)
    assert "says what stands already" in html
    assert (practice.version, queries.version(practice.id, 1).content) == (1, before)
    assert send(client, page, {}, to=f"{page}/done").status_code == 409


def test_faults_are_said_by_row_and_good_rows_go_in(client: FlaskClient, owner: Organisation) -> None:
    make_organisation("Elsewhere")
    table = (
        "owner;country;title_en;cost_eur;starts\n"
        "Cluster & Co;IT;Good;5;2012\n"
        "Nobody;IT;Bad owner;;\n"
        "Elsewhere;XX;Foreign;many;soon\n"
    )
    page = "/manage/practices/import"
    sent = hidden_values(text(client, page)) | {"files": (io.BytesIO(table.encode()), "t.csv")}
    html = client.post(page, data=sent).get_data(as_text=True)
    for fault in ("owner</b>: is not known here", "owner</b>: is not yours", "cost_eur</b>: is no whole", "starts</b>"):
        assert fault in html
    assert queries.written_by(None) == []
    assert send(client, page, {}, to=f"{page}/done").status_code == 303
    assert [row.title["en"] for row in queries.written_by(None)] == ["Good"]


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest))
def test_no_file_breaks_the_reading_of_tables(content: bytes) -> None:
    with suppress(SheetUnreadable, ColumnsMissing):
        rows_of(read_table(content), Known({}, frozenset(), {}, frozenset(), {}))


def test_only_what_was_made_harmless_is_undone() -> None:
    assert [undefused(cell) for cell in ("'=1", "'n Sofa", "=1", "")] == ["=1", "'n Sofa", "=1", ""]


def test_lengths_are_set_by_administrators(client: FlaskClient) -> None:
    sign_in_administrator(client)
    page = "/manage/practices/lengths"
    assert send(client, page, {"longest_summary": "5"}).status_code == 422
    assert send(client, page, {"longest_summary": "300"}).status_code == 303
    assert queries.lengths(None)[0] == {"summary": 300}
    assert send(client, page, {"longest_summary": ""}).status_code == 303
    assert queries.lengths(None)[0] == {}


def _token(html: str, prefix: str) -> str:
    place = html.find(f'name="{prefix}csrf_token"')
    return html[place:].split('value="', 1)[1].split('"', 1)[0] if place > 0 else ""


@pytest.mark.parametrize(("acts", "after"), [(("presented", "shared"), "Shared"), (("presented",), "Presented")])
def test_a15_what_was_handed_out_is_one_click_away(client: FlaskClient, acts: tuple[str, ...], after: str) -> None:
    event, practice = an_event(), make_practice()
    item = make_item(event)
    for act in acts:
        use = UseInput(practice_id=practice.id, act=Act(act), agenda_item_id=item.id)
        services.record_use(event_id=event.id, values=use, actor=SYSTEM, now=NOW)
    row = add_material(event, agenda_item_id=item.id, title="Slides of the academy")
    add_material(event, samples.PDF + b" ", agenda_item_id=item.id, title="Not for all", visibility=Visibility.PARTNERS)
    html = text(client, f"/practices/{practice.slug}")
    thread = html[html.index('id="journey"') :]
    assert thread.index(after) < thread.index("Slides of the academy")
    assert thread.count(f'href="/materials/{row.public_id}/') == 1
    assert "Not for all" not in html


def test_a_form_that_is_sent_twice_makes_one_practice(client: FlaskClient) -> None:
    owner = make_organisation()
    sign_in_manager(client, owner, "ada@filo.example")
    page = "/manage/practices/new"
    sent = hidden_values(client.get(page).text) | {"title_en": "Once", "owner_id": str(owner.id), "country_code": "IT"}
    assert len({client.post(page, data=sent).location for _twice in range(2)}) == 1
    assert len(db.session.scalars(select(Practice)).all()) == 1


@pytest.mark.parametrize("is_public", [True, False])
def test_an_expert_is_named_to_everybody_only_who_agreed(client: FlaskClient, *, is_public: bool) -> None:
    practice, account = make_practice(), make_account("uta@expert.example")
    person = make_person("Uta", "Esempio", account_id=account.id, is_public=is_public)
    practice.state = State.VALIDATED
    opinion = {"before": State.PUBLISHED, "after": State.VALIDATED, "reason": "Tried in Augsburg", "at": NOW}
    change = PracticeChange(step=Step.VALIDATE, practice_id=practice.id, account_id=account.id, by="Uta", **opinion)
    db.session.add(change)
    db.session.commit()
    html = text(client, f"/practices/{practice.slug}")
    assert "Tried in Augsburg" in html
    assert (person.full_name in html) is is_public
