"""How plans are merged, and where items stand on the board."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agenda.frozen import frozen, thawed
from app.agenda.inputs import ItemInput, LegInput, PersonInput, StopInput
from app.agenda.rules import AgendaRole, ItemKind, Slot, Span, TravelMode
from app.events.rules import Audience
from app.kernel.texts import Texts
from app.planning.differences import differences
from app.planning.errors import Overtaken, UnknownColumn
from app.planning.layout import MOST_LANES, MOST_LINES, Tile, layout_of
from app.planning.rules import Column, Held, Wish, merged, next_of, patched

ITEM = ItemInput(
    slot=Slot(day=1, start_minute=600, end_minute=660, zone="Europe/London"),
    kind=ItemKind.SITE_VISIT,
    title=Texts(en="Plant", de="Werk"),
    audience=Audience.INVITED,
    track="Food",
    capacity=12,
    persons=(PersonInput(person_id=3, role=AgendaRole.MODERATOR, organisation_id=5),),
    stop=StopInput(host_id=4, gate="North", protective_equipment=("coat",)),
)
LEG = replace(ITEM, stop=None, leg=LegInput(mode=TravelMode.TRAIN, departs_from="Lodi", arrives_at="Milano"))


@pytest.mark.parametrize("item", [ITEM, LEG], ids=["stop", "leg"])
def test_what_is_kept_is_read_again_as_it_was(item: ItemInput) -> None:
    assert thawed(frozen(item)) == item


def held(waits: bool = False, **changes: Any) -> Held:
    return Held(kept=frozen(ITEM) | changes, waits=waits)


HOST = {"stop": frozen(ITEM)["stop"] | {"gate": "South"}}
TIMED = {"stop": frozen(ITEM)["stop"] | {"group_limit": 8}}
BOTH = {"stop": frozen(ITEM)["stop"] | {"group_limit": 8, "gate": "South"}}
MERGES: dict[str, tuple[Held | None, Held | None, Held | None, Held | None]] = {
    "nothing else changed": (held(start=700), held(), held(start=700), held(start=700)),
    "a title meanwhile": (held(title={"en": "X"}), held(), held(start=700), held(title={"en": "X"}, start=700)),
    "a host meanwhile": (held(**HOST), held(), held(**TIMED), held(**BOTH)),
    "set aside after a new title": (held(title={"en": "X"}), held(), held(True), held(True, title={"en": "X"})),
    "back on the agenda": (held(True), held(True), held(start=500), held(start=500)),
    "added": (None, None, held(), held()),
    "taken off": (held(), held(), None, None),
}


@pytest.mark.parametrize(("now", "before", "after", "made"), MERGES.values(), ids=MERGES)
def test_a_change_is_laid_over_what_others_changed(
    now: Held | None, before: Held | None, after: Held | None, made: Held | None
) -> None:
    assert patched(now, before=before, after=after) == made


CONFLICTS: dict[str, tuple[Held | None, Held | None, Held | None]] = {
    "the same time": (held(start=800), held(), held(start=700)),
    "gone meanwhile": (None, held(), held(start=700)),
    "changed before it is taken off": (held(start=800), held(), None),
    "there meanwhile": (held(start=800), None, held()),
}


@pytest.mark.parametrize(("now", "before", "after"), CONFLICTS.values(), ids=CONFLICTS)
def test_what_two_changed_alike_is_nobodys_to_lose(now: Held | None, before: Held | None, after: Held | None) -> None:
    with pytest.raises(Overtaken):
        patched(now, before=before, after=after)


def test_a_plan_lies_over_what_a_host_says_meanwhile() -> None:
    planned, now = frozen(ITEM) | {"start": 700}, frozen(ITEM) | HOST
    assert merged(frozen(ITEM), planned, now) == now | {"start": 700}
    assert merged(None, planned, now) == planned


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(5, 90))
def test_a_change_and_its_undoing_cancel_out(day: int, start: int, minutes: int) -> None:
    before, after = held(), Held(kept=frozen(Wish(day=day, start=start, minutes=minutes).of(ITEM)))
    assert patched(patched(before, before=before, after=after), before=after, after=before) == before


COLUMNS = {"room:7": Column(room_id=7), "track:Food & drink": Column(track="Food & drink"), "none": Column()}


@pytest.mark.parametrize(("text", "column"), COLUMNS.items())
def test_columns_are_written_as_they_are_read(text: str, column: Column) -> None:
    assert (Column.parse(text), str(column)) == (column, text)


@pytest.mark.parametrize("text", ["", "room:", "room:x", "room:²", "room:99999999999", "track:", "table:1", "7"])
def test_what_is_no_column_is_refused(text: str) -> None:
    with pytest.raises(UnknownColumn):
        Column.parse(text)


def test_a_room_and_a_track_change_places() -> None:
    in_room = Wish(column=Column(room_id=7)).of(ITEM)
    assert (in_room.room_id, in_room.track) == (7, "Food")
    assert Wish(column=Column(track="Energy")).of(in_room).room_id is None
    assert Wish(column=Column()).of(in_room).track is None
    assert Wish(minutes=30).of(in_room).slot == Slot(day=1, start_minute=600, end_minute=630, zone="Europe/London")
    columns = [Column(room_id=7), Column()]
    assert [next_of(columns, one) for one in (*columns, Column(track="X"))] == [columns[1], columns[0], columns[0]]
    assert next_of([Column()], Column()) is None


TILES = st.lists(
    st.tuples(
        st.integers(0, 1380), st.integers(5, 300), st.sampled_from([Column(), Column(room_id=1), Column(room_id=2)])
    ),
    max_size=12,
)


@given(TILES)
def test_no_two_items_of_a_board_cover_each_other(drawn: list[tuple[int, int, Column]]) -> None:
    tiles = [
        Tile(key=str(number), begins=begins, ends=min(begins + minutes, 1440), column=column)
        for number, (begins, minutes, column) in enumerate(drawn)
    ]
    layout = layout_of(tiles, [Column(room_id=1)], opens=540, closes=1020)
    if layout is None:
        return
    assert layout.lines <= MOST_LINES
    assert layout.lanes <= MOST_LANES
    assert {head.column for head in layout.heads} >= {Column(room_id=1)}
    for tile in tiles:
        spot = layout.spots[tile.key]
        (head,) = (head for head in layout.heads if head.column == tile.column)
        assert head.lane <= spot.lane < head.lane + head.lanes
        assert 1 <= spot.starts < spot.ends <= layout.lines + 1 + 1
        for other in tiles:
            beside = layout.spots[other.key]
            if other is not tile and spot.lane == beside.lane:
                assert other.ends <= tile.begins or tile.ends <= other.begins


def told(uid: str, **changes: Any) -> dict[str, Any]:
    return frozen(ITEM) | {"uid": uid, "where": "Hall"} | changes


def test_differences_name_what_is_new_moved_changed_and_off() -> None:
    before = [told("a"), told("b"), told("c"), told("d")]
    after = [told("a"), told("b", start=605, capacity=3), told("c", title={"en": "X"}), told("e")]
    found = [(one["what"], one["uid"], one["fields"]) for one in differences(before, after, Span(zone="Europe/Rome"))]
    assert found == [
        ("moved", "b", ["capacity"]),
        ("changed", "c", ["title"]),
        ("new", "e", []),
        ("off", "d", []),
    ]
