"""Two devices write into one field; what arrives in whatever order ends in one truth, and no text is lost."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.diaries.rules.merging import Change, Standing, Version, take
from tests.diaries.helpers import TODAY

DEVICES = ("phone", "laptop")
# what a device does: writes a text (None: it looks at what the server has now), with or without sharing it
DEEDS = st.lists(
    st.tuples(st.sampled_from(DEVICES), st.one_of(st.none(), st.sampled_from(["", "a", "b", "cc"])), st.booleans()),
    min_size=1,
    max_size=10,
)


def story(deeds: list[tuple[str, str | None, bool]]) -> list[Change]:
    """The changes of two devices that look at the server when they have a network, as the page's script makes them."""
    server, changes = Standing(), list[Change]()
    seen: dict[str, frozenset[str]] = dict.fromkeys(DEVICES, frozenset())
    dropped = dict(seen)
    unsent: dict[str, list[Change]] = {device: [] for device in DEVICES}
    for number, (device, text, is_shared) in enumerate(deeds):
        if text is None:
            for change in unsent.pop(device):
                server = take(server, change)
            unsent[device] = []
            truth = server.truth
            seen[device] = frozenset(server.versions)
            dropped[device] = frozenset([truth.id] if truth else []) | frozenset(server.quiet)
            continue
        name = f"{device}-{number}"
        version = Version(
            id=name,
            text=text,
            is_shared=is_shared,
            is_named=False,
            written_at=TODAY + timedelta(seconds=number % 4),  # clocks of devices agree now and then
        )
        change = Change(version=version, sees=seen[device], drops=dropped[device])
        changes.append(change)
        unsent[device].append(change)
        seen[device], dropped[device] = seen[device] | {name}, dropped[device] | {name}
    return changes


def arrived(changes: list[Change]) -> Standing:
    standing = Standing()
    for change in changes:
        standing = take(standing, change)
    return standing


@given(deeds=DEEDS, chance=st.randoms(use_true_random=False))
def test_any_order_of_arrival_and_any_repetition_ends_in_one_truth(
    deeds: list[tuple[str, str | None, bool]], chance: object
) -> None:
    changes = story(deeds)
    otherwise = [*changes, *changes[: len(changes) // 2]]
    chance.shuffle(otherwise)  # type: ignore[attr-defined]
    assert arrived(otherwise) == arrived(changes)


@given(deeds=DEEDS)
def test_no_text_is_lost_but_what_its_reader_wrote_over(deeds: list[tuple[str, str | None, bool]]) -> None:
    changes = story(deeds)
    found = arrived(changes)
    shown = {one.text.strip() for one in found.others} | {found.truth.text.strip() if found.truth else ""}
    replaced = {name for change in changes for name in change.drops}
    for change in changes:
        assert change.version.id in replaced or change.version.text.strip() in shown | {""}


@given(deeds=DEEDS)
def test_only_what_every_device_shares_is_shared(deeds: list[tuple[str, str | None, bool]]) -> None:
    changes = story(deeds)
    found = arrived(changes)
    last = {one.version.id.split("-")[0]: one for one in changes}
    seen = {name for change in changes for name in change.sees}
    silent = [one for one in last.values() if one.version.id not in seen]
    assert found.is_shared is (bool(changes) and all(one.version.is_shared for one in silent))


def test_of_two_devices_the_later_wins_and_the_earlier_is_told() -> None:
    def wrote(name: str, minute: int) -> Change:
        at = TODAY + timedelta(minutes=minute)
        return Change(version=Version(id=name, text=name, is_shared=True, is_named=False, written_at=at))

    found = arrived([wrote("tunnel", 1), wrote("hotel", 2)])
    assert found.truth is not None
    assert (found.truth.text, [one.text for one in found.others]) == ("hotel", ["tunnel"])
