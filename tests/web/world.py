"""One row of everything that has a page, and the addresses that lead there."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, Enum, String, select, update
from werkzeug.routing import Rule

from app.accounts import services as accounts
from app.accounts.models import Account
from app.agenda.models import AgendaItem, AgendaPerson, Leg, Overruling, Stop
from app.agenda.reading import span_of
from app.agenda.rules import AgendaRole, ItemKind, TravelMode
from app.board import links as board_links
from app.board import services as board
from app.board.inputs import PostInput
from app.board.rules import PostKind
from app.certificates import services as certificates
from app.diaries.models import Debrief, DebriefFinding, DiaryLine, DiaryVersion, FindingSource
from app.diaries.rules import Prompt
from app.events.models import Event, EventOrganisation, EventPerson, EventSeries, EventStep
from app.events.rules import Kind, OrganisationRole, PersonRole, Status
from app.feedback import services as feedback
from app.files.intake import accept
from app.files.services import keep
from app.forums import links as forum_links
from app.forums.inputs import (
    CafeInput,
    CardInput,
    NoteInput,
    PitchInput,
    ReviewerInput,
    SessionInput,
    TodoInput,
)
from app.forums.models import CafeNote, CafeTable, FairStand, ReviewFinding, TableOutput
from app.forums.rules.cafe import NoteTag
from app.forums.rules.review import FindingKind
from app.forums.services import cafe as cafes
from app.forums.services import contacts, fair, outputs, pitches
from app.forums.services import review as reviews
from app.freebusy.rules import CalendarInput, Source, Use
from app.freebusy.services import importing as others_calendars
from app.freebusy.services import opening as busy_addresses
from app.invitations import links as invitation_links
from app.invitations import queries as invitations
from app.invitations.inputs import CodeInput, GuestInput, ListInput
from app.invitations.services import invite, make_code
from app.invitations.services.lists import begin_list
from app.kernel.db import Base, db
from app.kernel.ids import new_uid
from app.kernel.texts import Texts, TextsType
from app.mail.models import Message
from app.mailings import services as mailing_services
from app.mailings.links import unsubscribe_url
from app.mailings.models import MailingRecipient
from app.mailings.registry import audiences_of
from app.mailings.rules import Owner
from app.materials import services as materials
from app.materials.inputs import MaterialInput
from app.materials.rules import MaterialKind, Visibility
from app.meetings.models import Meeting, MeetingBlock, MeetingProfile, MeetingRequest, MeetingSearch, MeetingSettings
from app.meetings.rules import RequestState, SearchState
from app.needs import links as need_links
from app.needs import services as needs
from app.needs.inputs import NeedInput
from app.needs.models import Need
from app.needs.rules import Gate
from app.network.actors import SYSTEM
from app.network.models import Affiliation, Organisation, Person, Phase, Programme, Project, Sector, ThematicGroup
from app.network.rules import GroupRole, ProjectRole
from app.network.services import add_member, give_group_role
from app.personal import services as calendars
from app.personal.proofs import proof_of
from app.pilots import services as pilots
from app.pilots.inputs import PilotInput
from app.pilots.inputs import ServiceInput as ProposalInput
from app.pilots.inputs import UptakeInput as ServiceUptakeInput
from app.pilots.models import Pilot, ServiceUptake
from app.planning.differences import differences
from app.planning.freezing import content_of, digest_of, frozen_rows
from app.planning.models import Release
from app.plans import links as plan_links
from app.plans.inputs import ActionInput, ChapterInput, CommentInput, DistrictInput, DocumentInput, WindowInput
from app.plans.inputs import GuestInput as PlanGuestInput
from app.plans.services import acting, consulting, districts, drafting, publishing
from app.plans.services import documents as plan_documents
from app.practices import links as practice_links
from app.practices.models import (
    Practice,
    PracticeAuthor,
    PracticeComment,
    PracticeExpert,
    PracticeFile,
    PracticeUse,
    PracticeVersion,
)
from app.practices.rules import Act
from app.practices.rules.form import Part
from app.presence.inputs import ListInput as CheckListInput
from app.presence.models import HelperLink
from app.presence.rules import ListKind
from app.presence.services.helping import make_link
from app.presence.services.lists import add_list
from app.questions import services as questions
from app.questions.rules import FormInput, Purpose, QuestionInput
from app.questions.rules import Kind as QuestionKind
from app.registration import links
from app.registration.inputs import QuotaInput
from app.registration.models import Answer, Registration
from app.registration.rules import QuotaKind
from app.registration.services import item_places, joining, seats
from app.speakers import links as speaker_links
from app.speakers import queries as speaker_rows
from app.speakers import services as speakers
from app.speakers.inputs import NeedsInput, ProfileInput
from app.speakers.rules import SpeakerReply, slot_seen
from app.stories import links as story_links
from app.stories.inputs import AuthorInput, PictureInput, StoryInput
from app.stories.models import Comment
from app.stories.rules.commenting import CommentState
from app.stories.services import authors as story_authors
from app.stories.services import pictures as story_pictures
from app.stories.services import writing as stories
from app.studies import services as studies
from app.studies.inputs import ServiceInput, StudyInput
from app.studies.rules import Fee, ServiceState, Target
from app.subgroups import services as subgroups
from app.subgroups.models import SubGroup
from app.transfers import links as transfer_links
from app.transfers import services as transfers
from app.transfers.rules import Uptake
from app.venues.models import Room
from app.visits import links as host_links
from app.visits.inputs import AskInput
from app.visits.services.hosts import ask as ask_host
from tests.builders import make_event, make_manager, make_organisation, make_person, make_room, make_venue
from tests.network.scenes import give
from tests.registration.helpers import person as typed_person

NOW = datetime.now(UTC).replace(microsecond=0)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
_KEPT_AS_THEY_ARE = re.compile(
    r"slug|uid|key|digest|_id$|^id$|timezone|locale|email|code|language|message_id|emblem|password"
)


@dataclass(frozen=True, kw_only=True)
class World:
    """``names`` fills the variable parts of addresses: by the part of the path before them, or by their name."""

    organiser: Organisation
    slug: str
    names: dict[str, str]

    def path(self, rule: Rule) -> str:
        path = rule.rule
        while found := re.search(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", path):
            before = path[: found.start()]
            name = next((key for key in (before, found[1]) if key in self.names), None)
            assert name, f"tests/web/world.py knows nothing for {rule.rule}"
            path = f"{before}{self.names[name]}{path[found.end() :]}"
        return path


def make_world() -> World:
    organiser, foreigner = make_organisation("Organiser"), make_organisation("Foreigner")
    venue = make_venue("Hall", operator=organiser)
    room = make_room(venue)
    programme = _put(
        Programme(
            code="alpine",
            name=Texts(en="Alpine"),
            period_from=2014,
            period_to=2020,
            fund="Fund",
            emblem="alpine-space-2014.svg",
            funding_sentence=Texts(en="Paid"),
        )
    )
    project = _put(
        Project(slug="project", acronym="ACR", aliases=["alias"], title=Texts(en="P"), objectives=Texts(en="O"))
    )
    project.programme = programme
    give(project, organiser)
    give(project, organiser, ProjectRole.EXCHANGE_COORDINATOR)
    phase = _put(
        Phase(project_id=project.id, number=1, name=Texts(en="First"), goal=Texts(en="Goal"), results=Texts(en="R"))
    )
    group = _put(ThematicGroup(slug="group", name=Texts(en="Group"), project_id=project.id, position=1))
    sector = _put(Sector(id="ict", name=Texts(en="Ict"), aliases=[], position=1))
    series = _put(EventSeries(slug="series", title=Texts(en="Series"), kind=Kind.STUDY_VISIT, project_id=project.id))
    speaker = make_person("Heiko", "Esempio", slug="heiko", is_public=True, bio=Texts(en="Bio"))
    _put(Affiliation(person_id=speaker.id, organisation_id=organiser.id, job=Texts(en="Job"), is_manager=False))
    event = make_event(
        "Visit",
        organiser=organiser,
        venue=venue,
        slug="visit",
        kind=Kind.STUDY_VISIT,
        starts_at=NOW + timedelta(days=10),
        ends_at=NOW + timedelta(days=11),
        project_id=project.id,
        phase_id=phase.id,
        series_id=series.id,
        edition_label="2nd",
        capacity=1,
    )
    event.sectors, event.groups = [sector], [group]
    supporter = _put(
        EventOrganisation(event_id=event.id, organisation_id=foreigner.id, role=OrganisationRole.SUPPORTER)
    )
    part = _put(EventPerson(event_id=event.id, person_id=speaker.id, role=PersonRole.SPEAKER))
    _put(EventStep(event_id=event.id, status=Status.PUBLISHED, at=NOW, reason="Reason"))
    items = [_item(event, kind, 540 + 60 * place) for place, kind in enumerate(ItemKind)]
    items[0].room_id = room.id
    items[0].persons.append(AgendaPerson(person_id=speaker.id, role=AgendaRole.SPEAKER))
    items[1].stop = Stop(host_id=foreigner.id, gate="Gate", protective_equipment=["coat"])
    items[2].leg = Leg(mode=TravelMode.COACH, departs_from="Here", arrives_at="There", operator="O", meeting_point="M")
    _put(Overruling(item_id=items[0].id, warning="no_pause", reason="Reason", at=NOW))
    wanted = AskInput(name="Uta", email="uta@x.example", locale="en", due_on=NOW.date() + timedelta(days=1))
    host = ask_host(event_id=event.id, item_id=items[1].id, values=wanted, actor=SYSTEM, now=NOW)
    _release(event, items)
    practice = _put(
        Practice(
            slug="practice",
            title=Texts(en="Practice"),
            summary=Texts(en="Short"),
            body=Texts(en="Long"),
            owner_id=organiser.id,
            sector_id=sector.id,
            city="Trento",
            country_code="IT",
            is_published=True,
            created_at=NOW,
            changed_at=NOW,
        )
    )
    use = _put(PracticeUse(practice_id=practice.id, event_id=event.id, act=Act.PRESENTED, notes="Notes"))
    ids = [
        joining.join(
            event_id=event.id, person=typed_person(name, diet="d", access="a", message="m"), form_key=name * 6, now=NOW
        ).id
        for name in ("ada", "eva")
    ]
    item_places.open_sign_up(event_slug=event.slug, item_id=items[0].id, capacity=5, actor=SYSTEM, now=NOW)
    quota = seats.add_quota(
        event_slug=event.slug,
        values=QuotaInput(kind=QuotaKind.ORGANISATION, size=0, organisation_id=foreigner.id),
        actor=SYSTEM,
        now=NOW,
    )
    material = materials.upload(
        event_id=event.id,
        accepted=accept(io.BytesIO(b"Who was there and what was said"), "minutes.txt"),
        values=MaterialInput(
            kind=MaterialKind.MINUTES,
            language="en",
            visibility=Visibility.PUBLIC,
            agenda_item_id=items[0].id,
            credit="Credit",
            permission_by="Eva",
        ),
        actor=SYSTEM,
        now=NOW,
    )
    make_manager(organiser, "organiser@filo.example")
    make_manager(foreigner, "foreigner@filo.example")
    account_id = db.session.scalar(select(Account.id).where(Account.email_key == "organiser@filo.example"))
    assert account_id
    first = db.session.get_one(Registration, ids[0])
    invited = invite(event_slug=event.slug, guest=GuestInput(email="uta@x.example", note="n"), actor=SYSTEM, now=NOW)
    invitation = invitations.invitation_for_mail(invited)
    assert invitation
    invitation_link = invitation_links.token(invitation)
    people = begin_list(
        event_slug=event.slug, content=b"no\nmia@x.example", pasted=True, values=ListInput(), actor=SYSTEM, now=NOW
    )
    code = make_code(event_slug=event.slug, values=CodeInput(note="n"), actor=SYSTEM, now=NOW)
    subgroups.make(event_slug=event.slug, size=5, actor=SYSTEM, now=NOW)
    (certificate,) = certificates.issue(event.id, [ids[0]], parts={ids[0]: 1}, now=NOW)
    mailings = {owner: _mailing(owner, slug) for owner, slug in _owners(event, project, group)}
    reader = _reader(mailings[Owner.EVENT])
    helper, helper_secret = _helper(event)
    check_list = add_list(
        event_slug=event.slug,
        values=CheckListInput(kind=ListKind.MEAL, label=Texts(en="Dinner")),
        actor=SYSTEM,
        now=NOW,
    )
    names = {
        **{
            f"/manage/{owner}s/{slug}/messages/": str(mailings[owner]) for owner, slug in _owners(event, project, group)
        },
        "/manage/groups/": group.slug,
        "/unsubscribe/": unsubscribe_url(reader).rpartition("/")[2],
        "/check-in/": helper_secret,
        "link_id": str(helper.id),
        "list_key": check_list,
        "/delegations/": event.slug,
        "/events/": event.slug,
        "/manage/events/": event.slug,
        "/groups/": group.slug,
        "/organisations/": organiser.slug,
        "/manage/organisations/": organiser.slug,
        "/embed/organisations/": organiser.slug,
        "/people/": speaker.slug,
        "/projects/": project.slug,
        "/manage/projects/": project.slug,
        "/practices/": practice.slug,
        "/manage/practices/": practice.slug,
        "/venues/": venue.slug,
        "/manage/venues/": venue.slug,
        "/series/": series.slug,
        "/manage/series/": series.slug,
        "sector_id": sector.id,
        "/invitations/": invitation_link,
        "invitation_id": str(invited),
        "list_id": str(people),
        "code_id": str(code.id),
        "/certificates/": certificate.code,
        "certificate_id": str(certificate.id),
        "sub_group_id": str(db.session.scalars(select(SubGroup.id)).one()),
        "item_id": str(items[0].id),
        "item_key": items[0].uid,
        "number": "1",
        "/hosting/": host_links.token(host),
        f"/manage/events/{event.slug}/itinerary/hosts/": str(items[1].id),
        "registration_id": str(ids[1]),
        "walk_in_id": str(ids[0]),
        "quota_id": str(quota),
        f"/manage/events/{event.slug}/people/organisations/": str(supporter.id),
        f"/manage/events/{event.slug}/participants/organisations/": str(supporter.id),
        f"/manage/events/{event.slug}/people/persons/": str(part.id),
        "use_id": str(use.id),
        "material_id": str(material.id),
        "/materials/": material.public_id,
        f"/materials/{material.public_id}/": "minutes.txt",
        "message_id": db.session.scalars(select(Message.message_id)).first() or "",
        "token": links.token(first),
        "proof": links.proof(first),
        "secret": accounts.issue_link(account_id, now=datetime.now(UTC)),
        "filename": "favicon.svg",
        **_calendar(),
        **_imported(organiser, room),
    }
    names |= _speaking(event, speaker, items[0])
    names |= (
        _questions(event) | _feedback(event, first) | _files(event, ids) | _forum(event, first) | _meetings(event, ids)
    )
    names |= _diary(event, first, items[0])
    names |= _plan(organiser, group, event)
    names |= _story(organiser, event, practice)
    names |= _practice(practice, speaker, organiser)
    names |= _board(organiser, group)
    names |= _study(organiser, practice)
    names |= _need(organiser, event, first)
    names |= _service(organiser, names["/needs/"])
    add_member(organiser.id, foreigner.id, actor=SYSTEM)
    names["member_id"] = str(foreigner.id)
    db.session.commit()
    return World(organiser=organiser, slug=event.slug, names=names)


def _calendar() -> dict[str, str]:
    """Somebody's own calendar."""
    wanted = calendars.Wanted(label="Phone", language="en", timezone="Europe/Rome")
    opened = calendars.make_calendar(email="owner@filo.example", wanted=wanted, now=NOW)
    return {
        "calendar_secret": opened.secret,
        "calendar_id": str(opened.token_id),
        "address_proof": proof_of("owner@filo.example", now=datetime.now(UTC)),
        "path": "public/en/all/",
    }


def _imported(organiser: Organisation, room: Room) -> dict[str, str]:
    """A calendar of the room, and a file that would renew it."""
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", f"DTSTART:{NOW + timedelta(days=10):%Y%m%dT%H%M%SZ}")
    lines = (*lines, "DURATION:PT3H", "SUMMARY:Booking", "END:VEVENT", "END:VCALENDAR")
    source = Source(content="\r\n".join(lines).encode())
    values = CalendarInput(
        organisation_id=organiser.id, name="Hall", use=Use.ROOMS, timezone="UTC", room_ids=(room.id,)
    )
    first = others_calendars.draft(values, source, actor=SYSTEM, now=NOW)
    calendar_id = others_calendars.confirm(first, actor=SYSTEM, now=NOW)
    second = others_calendars.draft(values, source, actor=SYSTEM, now=NOW, calendar_id=calendar_id)
    return {
        "import_id": str(calendar_id),
        "draft_id": str(second),
        "room_id": str(room.id),
        "busy_secret": busy_addresses.open_room(room.id, actor=SYSTEM, now=NOW),
    }


def _speaking(event: Event, person: Person, item: AgendaItem) -> dict[str, str]:
    """An expert who was asked, accepted, agreed to be shown, and sent everything that can be sent."""
    row = speakers.ask(event_slug=event.slug, person_id=person.id, email="heiko@x.example", actor=SYSTEM, now=NOW)
    accepted, photo = {"link_version": row.link_version, "now": NOW}, accept(io.BytesIO(PIXEL), "me.png")
    held = [part for part in speaker_rows.parts_at(event) if part.person.id == person.id]
    seen = {part.key: slot_seen(part.slot) for part in held}
    speakers.answer(row.id, answer=SpeakerReply.ACCEPTED, seen=seen, **accepted)
    profile = ProfileInput(bio=Texts(en="Bio"), photo=photo, consents=True)
    speakers.keep_profile(row.id, values=profile, **accepted)
    absence = (event.starts_at, event.starts_at + timedelta(hours=1))
    needs = NeedsInput(travel="Train", diet="d", access="a", equipment_note="e", absences=(absence,))
    speakers.keep_needs(row.id, values=needs, **accepted)
    slides = speakers.send_slides(
        row.id,
        accepted=accept(io.BytesIO(b"What I show"), "slides.txt"),
        values=MaterialInput(
            kind=MaterialKind.SLIDES,
            language="en",
            visibility=Visibility.PARTICIPANTS,
            agenda_item_id=item.id,
        ),
        **accepted,
    )
    row = speaker_rows.speaker_with_public_id(row.public_id)
    token = speaker_links.token(row)
    return {
        "speaker_token": token,
        "slots_token": speaker_links.slots_path(row).split("/")[2],
        "person_id": str(person.id),
        "photo_id": photo.public_id,
        f"/speaking/{token}/slides/": str(slides.id),
    }


def _plan(organiser: Organisation, group: ThematicGroup, event: Event) -> dict[str, str]:
    """A plan of two versions that is in consultation, with a guest; an action, a document, a meta-district."""
    slug = group.slug
    put: dict[str, Any] = {"group_slug": slug, "actor": SYSTEM, "now": NOW}
    give_group_role(group.id, organiser.id, GroupRole.COORDINATOR, actor=SYSTEM, now=NOW)
    drafting.begin(**put)
    drafting.name_drafters(organisation_ids=[organiser.id], **put)
    publishing.publish(name="First", note="Note", **put)
    chapter = drafting.add_chapter(values=ChapterInput(title=Texts(en="T"), body=Texts(en="B")), **put)
    publishing.publish(name="Second", note="Note", **put)
    window = WindowInput(opens_on=NOW.date(), closes_on=NOW.date() + timedelta(days=9), asks=Texts(en="A"))
    consultation = consulting.open_window(values=window, **put)
    guest = consulting.invite(values=PlanGuestInput(name="Guest", country_code="IT"), **put)
    consulting.comment_as_guest(guest.id, values=CommentInput(text="Comment"), now=NOW)
    values = ActionInput(title=Texts(en="A"), owner_id=organiser.id, due=NOW.date(), note="Note", event_id=event.id)
    action = acting.add(values=values, **put)
    minutes = accept(io.BytesIO(b"What we agreed"), "minutes.txt")
    document = plan_documents.add(values=DocumentInput(title="D", is_public=True), accepted=minutes, **put)
    members = frozenset({organiser.id})
    districts.found(values=DistrictInput(name=Texts(en="D"), target_year=NOW.year, member_ids=members), **put)
    return {
        f"/groups/{slug}/plan/versions/": "2",
        "chapter_id": str(chapter),
        "consultation_id": str(consultation),
        "guest_id": str(guest.id),
        "action_id": str(action),
        "document_id": str(document),
        "file_name": "minutes.txt",
        "/consultations/": plan_links.token(guest),
    }


def _study(organiser: Organisation, practice: Practice) -> dict[str, str]:
    """A study with a service, and somebody who takes the practice up."""
    text = Texts(en="Text")
    values = StudyInput(title=text, summary=text, findings=text, author_ids=(organiser.id,))
    study = studies.add(values=values, actor=SYSTEM, now=NOW, slug="study")
    paper = accept(io.BytesIO(b"What we found"), "study.txt")
    studies.set_document(slug=study.slug, accepted=paper, actor=SYSTEM, now=NOW)
    found = ServiceInput(
        organisation_id=organiser.id,
        name=text,
        about=text,
        aims=text,
        targets=frozenset(Target),
        state=ServiceState.IN_TEST,
        fee=Fee.FREE,
    )
    service = studies.add_service(slug=study.slug, values=found, actor=SYSTEM, now=NOW)
    practice.study_id, practice.cluster_services = study.id, [service]
    adopter = make_organisation("Adopter")
    adoption = transfers.declare(
        slug=practice.slug,
        organisation_id=adopter.id,
        state=Uptake.INTERESTED,
        actor=SYSTEM,
        locale="en",
        now=NOW,
        email="adopter@x.example",
    )
    return {
        "/studies/": study.slug,
        "/manage/studies/": study.slug,
        "service_id": str(service.id),
        "practice_slug": practice.slug,
        "adoption_token": transfer_links.token(adoption),
    }


def _board(organiser: Organisation, group: ThematicGroup) -> dict[str, str]:
    """A request with an answer."""
    values = PostInput(
        kind=PostKind.REQUEST,
        title="Title",
        text="Text",
        language="de",
        organisation_id=organiser.id,
        sector_id="ict",
        group_id=group.id,
        expires_on=NOW.date() + timedelta(days=30),
    )
    post = board.add(values=values, actor=SYSTEM, locale="en", now=NOW, email="poster@x.example", slug="post")
    answer = board.reply(slug=post.slug, organisation_id=organiser.id, text="Answer", actor=SYSTEM, now=NOW)
    return {
        "/board/": post.slug,
        "/manage/board/": post.slug,
        "post_token": board_links.token(post),
        "reply_id": str(answer.id),
    }


def _practice(practice: Practice, speaker: Person, organiser: Organisation) -> dict[str, str]:
    """A practice with a version, an author, a file, a remark and an expert."""
    content = {"title": {"en": "Lab"}, "owner_id": practice.owner_id, "country_code": practice.country_code}
    file = keep(accept(io.BytesIO(PIXEL), "lab.png"), now=NOW)
    author = PracticeAuthor(
        public_id="authorofpractice",
        practice_id=practice.id,
        person_id=speaker.id,
        organisation_id=organiser.id,
        position=1,
    )
    said = PracticeComment(practice_id=practice.id, part=Part.BODY, text="Since when?", version=1, at=NOW)
    shown = PracticeFile(practice_id=practice.id, file_id=file.id, about="Lab", credit="Eva", position=1)
    for row in (author, said, shown):
        _put(row)
    _put(PracticeVersion(practice_id=practice.id, number=1, saved_at=NOW, content=content))
    _put(PracticeExpert(practice_id=practice.id, person_id=speaker.id, asked_at=NOW))
    practice.version = 1
    return {
        "/practices/authors/": practice_links.token(author),
        "writer_id": str(author.id),
        "attachment_id": str(shown.id),
        "remark_id": str(said.id),
        "expert_id": str(speaker.id),
        "version_number": "1",
        "draft_place": "new",
    }


def _story(organiser: Organisation, event: Event, practice: Practice) -> dict[str, str]:
    """A write-up with an author who agreed, a picture of people, and a comment that waits."""
    values = StoryInput(
        title=Texts(en="Title"),
        standfirst=Texts(en="First"),
        body=Texts(en="Body"),
        owner_id=organiser.id,
        language="en",
        event_id=event.id,
        practice_ids=(practice.id,),
        group_ids=(1,),
    )
    row = stories.add(values=values, actor=SYSTEM, now=NOW, slug="story")
    who = AuthorInput(organisation_id=organiser.id, name="Ada Esempio", agreed=True)
    author = story_authors.add_author(story_id=row.id, values=who, actor=SYSTEM, now=NOW)
    stories.publish(story_id=row.id, actor=SYSTEM, now=NOW)
    picture = story_pictures.add_picture(
        story_id=row.id,
        accepted=accept(io.BytesIO(PIXEL), "all.png"),
        values=PictureInput(credit="Eva", caption=Texts(en="All"), shows_people=True, permission_by="All six"),
        actor=SYSTEM,
        now=NOW,
    )
    comment = Comment(story_id=row.id, name="Uta", text="Well said", email="uta@x.example", locale="en", at=NOW)
    comment.state = CommentState.APPROVED
    _put(comment)
    return {
        "/stories/": row.slug,
        "/manage/stories/": row.slug,
        "author_token": story_links.token(author),
        "author_id": str(author.id),
        f"/manage/stories/{row.slug}/pictures/": str(picture.id),
        "/stories/pictures/": picture.public_id,
        "comment_id": str(comment.id),
    }


def _questions(event: Event) -> dict[str, str]:
    form = FormInput(purpose=Purpose.FOLLOW_UP, title=Texts(en="Form"), introduction=Texts(en="Before"))
    form_id = questions.add_form(event_id=event.id, values=form, actor=SYSTEM, now=NOW)
    added = [
        questions.add_ready(event_id=event.id, form_id=form_id, ready=ready, actor=SYSTEM, now=NOW)
        for ready in ("identity", "photo_consent", "languages", "travel_days")
    ]
    return {"form_id": str(form_id), "question_id": str(added[0][0])}


def _files(event: Event, ids: list[int]) -> dict[str, str]:
    """A file that each of two people sent as an answer."""
    form_id = questions.add_form(
        event_id=event.id, values=FormInput(purpose=Purpose.FOLLOW_UP, title=Texts(en="Papers")), actor=SYSTEM, now=NOW
    )
    asked = QuestionInput(kind=QuestionKind.FILE, label=Texts(en="Paper"), purpose=Texts(en="To print it"))
    question_id = questions.add_question(event_id=event.id, form_id=form_id, values=asked, actor=SYSTEM, now=NOW)
    for registration_id in ids:
        taken = accept(io.BytesIO(b"A programme"), "programme.txt")
        keep(taken, now=NOW)
        value = {"file": taken.public_id, "name": taken.name}
        _put(
            Answer(
                registration_id=registration_id,
                question_id=question_id,
                wording_version=1,
                value=value,
                answered_at=NOW,
            )
        )
    first, second = ids
    return {
        f"/registrations/{links.token(db.session.get_one(Registration, first))}/files/": str(question_id),
        f"/manage/events/{event.slug}/participants/{second}/files/": str(question_id),
    }


def _need(organiser: Organisation, event: Event, person: Registration) -> dict[str, str]:
    """A public need, and a table with its code."""
    query = select(AgendaItem.id).where(AgendaItem.event_id == event.id, AgendaItem.kind == ItemKind.NEEDS_SESSION)
    item_id = db.session.scalars(query).one()
    collection = needs.set_gates(
        event_slug=event.slug, item_id=item_id, entries=Gate.OPEN, votes=Gate.OPEN, actor=SYSTEM, now=NOW
    )
    values = NeedInput(text="A need", cluster_id=organiser.id)
    need = needs.put_in_at_table(collection, values=values, now=NOW)
    needs.publish([need.public_id], event_slug=event.slug, is_public=True, actor=SYSTEM, now=NOW)
    return {
        "/needs/": need.public_id,
        "/needs/at/": need_links.token(collection),
        "/manage/needs/": need.public_id,
        f"/manage/events/{event.slug}/needs/": need.public_id,
        f"/manage/events/{event.slug}/needs/parts/": str(item_id),
        f"/registrations/{links.token(person)}/needs/": str(item_id),
    }


def _service(organiser: Organisation, need_id: str) -> dict[str, str]:
    """A service with a pilot."""
    need = db.session.scalars(select(Need.id).where(Need.public_id == need_id)).one()
    values = ProposalInput(
        title=Texts(en="Voucher"), owner_id=organiser.id, need_ids=(need,), implementer_ids=(organiser.id,)
    )
    row = pilots.propose(values=values, proposer_id=organiser.id, actor=SYSTEM, now=NOW)
    tried = PilotInput(where="Lab", starts_on=NOW.date())
    pilots.keep_pilot(row.slug, pilot_id=None, values=tried, actor=SYSTEM, now=NOW)
    taken = ServiceUptakeInput(adopter_id=organiser.id, taken_up_on=NOW.date())
    pilots.note_uptake(row.slug, values=taken, actor=SYSTEM, now=NOW)
    return {
        "/services/": row.slug,
        "/manage/services/": row.slug,
        "pilot_id": str(db.session.scalars(select(Pilot.id)).one()),
        "uptake_id": str(db.session.scalars(select(ServiceUptake.id)).one()),
    }


def _forum(event: Event, person: Registration) -> dict[str, str]:
    """A part of each format with something in it."""
    base, own = f"/manage/events/{event.slug}/forum", f"/registrations/{links.token(person)}"
    items = {row.kind: row.id for row in db.session.scalars(select(AgendaItem).where(AgendaItem.event_id == event.id))}
    cafe_id = items[ItemKind.WORLD_CAFE]
    asked = CafeInput(questions=(Texts(en="What helps?"),) * 2, round_minutes=15)
    cafes.set_up(event_slug=event.slug, item_id=cafe_id, values=asked, actor=SYSTEM, now=NOW)
    cafes.seat(event_slug=event.slug, item_id=cafe_id, only_present=False, actor=SYSTEM, now=NOW)
    table = db.session.scalars(select(CafeTable).where(CafeTable.item_id == cafe_id)).first()
    assert table
    note = NoteInput(round=1, tag=NoteTag.IDEA, text="A note")
    cafes.note_as_host(table.id, link_version=1, values=note, now=NOW + timedelta(days=10))
    pitch_item = items[ItemKind.PITCH]
    pitch = PitchInput(title="Pitch", speaker="Eva", organisation="Lab", ask="A pilot")
    pitch_id = pitches.add(event_slug=event.slug, item_id=pitch_item, values=pitch, actor=SYSTEM, now=NOW)
    window = SessionInput(minutes=4, opens_at=NOW - timedelta(hours=1), closes_at=NOW + timedelta(hours=1))
    pitches.set_up(event_slug=event.slug, item_id=pitch_item, values=window, actor=SYSTEM, now=NOW)
    pitches.vote(person.id, item_id=pitch_item, pitch_id=pitch_id, now=NOW)
    contacts.share(person.id, values=CardInput(phone="1", about="About"), now=NOW)
    stand_id = _stand(event, items[ItemKind.FAIR], person)
    table_item = items[ItemKind.WORKING_TABLE]
    written = {"event_slug": event.slug, "item_id": table_item, "actor": SYSTEM, "now": NOW}
    outputs.record(text="Output", is_released=True, version=None, **written)
    outputs.renew_link(**written)
    output_token = forum_links.rapporteurs_token(db.session.get_one(TableOutput, table_item))
    return {
        f"{base}/fair/": str(items[ItemKind.FAIR]),
        f"{own}/fair/": str(items[ItemKind.FAIR]),
        f"/events/{event.slug}/stands/": db.session.get_one(FairStand, stand_id).code,
        "stand_id": str(stand_id),
        f"{base}/tables/": str(table_item),
        **_review(event),
        f"{base}/pitches/": str(pitch_item),
        f"{own}/pitches/": str(pitch_item),
        "pitch_id": str(pitch_id),
        f"{base}/cafe/": str(cafe_id),
        f"{own}/cafe/": str(cafe_id),
        "table_token": forum_links.token(table),
        "output_token": output_token or "",
        "table_id": str(table.id),
        "note_id": str(db.session.scalars(select(CafeNote.id)).one()),
    }


def _meetings(event: Event, ids: list[int]) -> dict[str, str]:
    """Two people who take part: one asked the other, and they meet; the schedule is being made anew."""
    query = select(AgendaItem.id).where(AgendaItem.event_id == event.id, AgendaItem.kind == ItemKind.B2B_BLOCK)
    item_id = db.session.scalars(query).one()
    block = _put(MeetingBlock(item_id=item_id, slot_minutes=20, tables=5))
    _put(MeetingSettings(event_id=event.id, most=18, spare=15))
    for one in ids:
        topics = {"needs": ["sector:ict"], "offers": ["word:Pilots"], "about": "About", "away": []}
        _put(MeetingProfile(registration_id=one, event_id=event.id, changed_at=NOW, **topics))
    one, other = sorted(ids)
    asked = {"reason": "Reason", "state": RequestState.OPEN, "asked_at": NOW, "expires_at": NOW + timedelta(days=2)}
    request = _put(MeetingRequest(event_id=event.id, from_id=other, to_id=one, **asked))
    place = {"block_id": block.id, "slot_number": 0, "table_number": 1, "one_id": one, "other_id": other}
    meeting = _put(Meeting(event_id=event.id, uid=new_uid(), created_at=NOW, changed_at=NOW, **place))
    state = {"state": SearchState.QUEUED, "seconds": 30, "asked_at": NOW, "heard_at": NOW, "found": []}
    search = _put(MeetingSearch(event_id=event.id, **state))
    return {
        f"/manage/events/{event.slug}/meetings/blocks/": str(item_id),
        f"/manage/events/{event.slug}/meetings/people/": str(ids[0]),
        "request_id": str(request.id),
        "meeting_id": str(meeting.id),
        "search_id": str(search.id),
    }


def _review(event: Event) -> dict[str, str]:
    """A review with one of everything; whether it may begin is no matter here."""
    peer = ReviewerInput(name="Petra", organisation="Company", country_code="IT")
    peer_id = reviews.add_reviewer(event_slug=event.slug, values=peer, actor=SYSTEM, now=NOW)
    finding = _put(ReviewFinding(event_id=event.id, kind=FindingKind.STRENGTH, text="Finding", created_at=NOW))
    todo = TodoInput(text="To do", owner="Eva", due=NOW.date())
    todo_id = reviews.add_todo(finding.id, event_slug=event.slug, values=todo, actor=SYSTEM, now=NOW)
    return {"reviewer_id": str(peer_id), "finding_id": str(finding.id), "todo_id": str(todo_id)}


def _stand(event: Event, item_id: int, person: Registration) -> int:
    practice_id = db.session.scalars(select(Practice.id)).one()
    stand_id = fair.add_stand(
        event_slug=event.slug, item_id=item_id, practice_id=practice_id, place="Left", actor=SYSTEM, now=NOW
    )
    fair.tap(person.id, stand_id=stand_id, item_id=item_id, is_interested=True, now=NOW)
    return stand_id


def _feedback(event: Event, person: Registration) -> dict[str, str]:
    values = FormInput(purpose=Purpose.FEEDBACK, title=Texts(en="How was it"), opens_at=NOW)
    form_id = questions.add_form(event_id=event.id, values=values, actor=SYSTEM, now=NOW)
    asked = questions.add_ready(event_id=event.id, form_id=form_id, ready="how_it_was", actor=SYSTEM, now=NOW)
    feedback.answer(person.id, form_id=form_id, answers={asked[0]: 4, asked[1]: "All of it"}, now=NOW)
    paths = (f"/manage/events/{event.slug}/feedback/", f"/registrations/{links.token(person)}/feedback/")
    return dict.fromkeys(paths, str(form_id))


def _diary(event: Event, person: Registration, item: AgendaItem) -> dict[str, str]:
    """A line that is shared, what another device has beside it, and a finding made of it."""
    what = {"event_id": event.id, "item_id": item.id, "stop_title": Texts(en="Stop"), "prompt": Prompt.SEEN}
    shared = {"text": "Seen", "is_shared": True, "is_named": True, "written_at": NOW}
    line = _put(DiaryLine(registration_id=person.id, **what, **shared))
    for name in ("version-one", "version-two"):
        _put(DiaryVersion(line_id=line.id, name=name, **shared))
    _put(Debrief(event_id=event.id, open_days=14, objectives="See", competence="Gained", cooperation="Planned"))
    finding = _put(DebriefFinding(**what, text="Found", in_report=True, made_at=NOW))
    _put(FindingSource(finding_id=finding.id, line_id=line.id))
    return {f"/manage/events/{event.slug}/debrief/findings/": str(finding.id)}


_NOT_TYPED = {"message", "job", "audit_entry", "rendered_entry", "entry_collections", "account", "agenda_entry"}


def write_everywhere(hostile: str) -> None:
    """Put a text into every column of every row that holds what people typed."""
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if table.name in _NOT_TYPED:
            continue
        values = {column.name: found for column in table.columns if (found := _hostile(column, hostile)) is not None}
        if values:
            db.session.execute(update(table).values(values))
    db.session.commit()


def _hostile(column: Column[Any], hostile: str) -> object:
    if (
        column.table.name in {"material", "group_document"} and column.name == "url"
    ):  # those there are have files instead
        return None
    if column.table.name == "agenda_release" and column.name == "content":  # what was typed stands inside of it
        return None
    if column.foreign_keys or column.primary_key or _KEPT_AS_THEY_ARE.search(column.name):
        return None
    if isinstance(column.type, TextsType):
        return Texts(en=hostile, it=hostile, de=hostile)
    if isinstance(column.type, JSON):
        return [hostile] if column.name == "aliases" else None
    if isinstance(column.type, String) and not isinstance(column.type, Enum) and (column.type.length or 99) >= 80:
        return hostile
    return None


def _item(event: Event, kind: ItemKind, start: int) -> AgendaItem:
    return _put(  # type: ignore[no-any-return]
        AgendaItem(
            event_id=event.id,
            uid=new_uid(),
            day=0,
            start_minute=start,
            end_minute=start + 30,
            kind=kind,
            title=Texts(en=f"Item {kind}"),
            abstract=Texts(en="About"),
            track="Track",
            created_at=NOW,
            content_changed_at=NOW,
        )
    )


def _put(row: Any) -> Any:
    db.session.add(row)
    db.session.commit()  # verbs let go first what their caller has not committed
    return row


def _release(event: Event, items: list[AgendaItem]) -> None:
    content = content_of(event, items)
    row = Release(event_id=event.id, number=1, name="First", note="Note", content=content, digest=digest_of(content))
    row.changes, row.at = differences([], frozen_rows(items), span_of(event)), NOW
    _put(row)


def _helper(event: Event) -> tuple[HelperLink, str]:
    """A helper's link that is open now: the event is not today."""
    link, secret = make_link(event_slug=event.slug, label="Helper", day=1, actor=SYSTEM, now=NOW)
    link.valid_from, link.valid_until = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    db.session.commit()
    return link, secret


def _owners(event: Event, project: Project, group: ThematicGroup) -> list[tuple[Owner, str]]:
    return [(Owner.EVENT, event.slug), (Owner.PROJECT, project.slug), (Owner.GROUP, group.slug)]


def _mailing(owner: Owner, slug: str) -> int:
    values = mailing_services.MailingInput(
        subject=Texts(en="Subject"), body=Texts(en="Text for {given_name}"), audience=audiences_of(owner)[0]
    )
    return mailing_services.create(owner=owner, slug=slug, values=values, actor=SYSTEM, now=NOW)


def _reader(mailing_id: int) -> MailingRecipient:
    return _put(
        MailingRecipient(
            public_id="reader",
            mailing_id=mailing_id,
            address="ada@company.example",
            address_key="ada@company.example",
            locale="en",
            given_name="Ada",
            full_name="Ada Esempio",
            organisation="Company",
        )
    )
