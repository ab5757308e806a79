"""A copy of a scenario can be changed, tried, played, shared and checked; what cannot be is said in the rules' own words."""

from __future__ import annotations

import html
import json
import re
import time
from typing import Any

import msgspec
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from game import rules
from game.decisions import Advance, End, Facilitator, Propose, Start
from game.events import Injected
from game.figures import ScenarioError
from game.history import replay
from game.observation import observe
from game.play import Settings, begin
from game.records import Duty, Package
from game.scenario import NEWEST_RULES, load
from game.scenario_file import SWITCHABLE, made, raw_of
from game.scenario_folder import text_of
from game.simulation import Plan, cast_of, simulate
from negotiation.conferences.models import Conference
from negotiation.rooms import creation, exports, people, plays, services, verification
from negotiation.rooms.creation import Wish
from negotiation.rooms.models import Room
from negotiation.scenarios import amendment, editions, editor, library, mending
from negotiation.scenarios.models import Edition
from tests.rooms.cast import new_id


@pytest.fixture
def tess() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("tess"))
    return client


def copied(client: Client, name: str = "thaad2017") -> Edition:
    assert client.post(f"/scenarios/shipped/{name}/copy/").status_code == 302
    return Edition.objects.get()


def form_of(edition: Edition) -> dict[str, Any]:
    """Returns what the page of the edition would send if nothing were changed."""
    raw = msgspec.json.decode(edition.written)
    grids = editor.grids(raw, made(raw, "x", edition.rules))
    fields: dict[str, Any] = {one.name: one.value for grid in grids for _, row in grid.rows for one in row}
    fields["title"] = edition.title
    for _title, texts in editor.texts(raw):
        fields |= {one.name: one.value for one in texts}
    fields |= {one.name: one.value for one in (*editor.choices(raw), *editor.timetable(raw))}
    for item in editor.news(raw):
        fields |= {f"news.{item.number}.{name}": getattr(item, name) for name in ("round", "phase", "text")}
        fields[f"news.{item.number}.to"] = list(item.to)
    for _title, boxes in editor.checks(raw):
        for box in boxes:
            if box.is_on and box.name in ("with", "templates"):
                fields.setdefault(box.name, []).append(box.value)
            elif box.is_on:
                fields[box.name] = box.value
    return fields


def test_a_copy_that_is_saved_unchanged_is_the_same_scenario(tess: Client) -> None:
    for name in ("cjk", "camps2023"):
        Edition.objects.all().delete()
        edition = copied(tess, name)
        response = tess.post(f"/scenarios/own/{edition.code}/", form_of(edition))
        assert response.status_code == 302, response.content.decode()[:3000]
        newest = Edition.objects.get(number=2)
        a, b = library.load(newest.name, NEWEST_RULES), load(name, NEWEST_RULES)
        # A copy has a title of its own, in one language.
        assert a.titles == {}
        assert msgspec.structs.replace(a, title=b.title, titles=b.titles) == b


def test_five_figures_changed_and_a_clause_switched_off_make_a_game_that_is_played(tess: Client) -> None:
    edition = copied(tess)
    form = form_of(edition)
    form |= {
        "states.CN.gdp": "13000.5",
        "states.US.milex": "700",
        "pairs.CN-US.trust": "0,3",
        "flashpoints.K.tension": "55",
        "rounds.default": "4",
        "title": "My peninsula",
        "states.KR.briefing": "You lead Seoul.\r\n\r\nBe brief.",
    }
    form["with"].remove("pay")
    assert tess.post(f"/scenarios/own/{edition.code}/", form).status_code == 302
    newest = Edition.objects.get(number=2)
    found = library.load(newest.name, newest.rules)
    us, cn = found.index["US"], found.index["CN"]
    assert (found.gdp[cn], found.T0[cn][us], found.rounds, found.title) == (13000.5, 0.3, 4, "My peninsula")
    assert found.tau[found.flashpoints.index("K")] == 55
    assert found.briefings["KR"] == "You lead Seoul.\n\nBe brief."
    assert found.without == ("pay",)
    changed = [figure.path for figure in found.figures() if figure.source == amendment.OWN_SOURCE]
    assert sorted(changed) == ["flashpoints.K.tension", "pairs.CN-US.trust", "states.CN.gdp", "states.US.milex"]

    room = creation.create(wish=Wish(Settings(scenario=newest.name), bots={s: "tft" for s in found.seats if s != "CN"}))
    joined = people.join(room_id=room.pk, name="Ann", seat="CN", is_host=True)
    me = services.who(joined.delegate)

    def act(decision: Any, by: services.Who = me) -> services.Answer:
        play = plays.fold(Room.objects.get(pk=room.pk))
        return services.act(room_id=room.pk, by=by, decision=decision, act_id=new_id(), epoch=play.epoch)

    assert act(Start()).ok
    paid = Package(sponsor="CN", duties=(Duty(by="CN", kind="pay", to="US", amount=0.2),))
    refused = act(Propose(paid)).refusal
    assert refused is not None
    assert refused.code == "switched_off"
    assert act(Propose(Package(sponsor="CN", duties=(Duty(by="CN", kind="open", to="US"),)))).ok

    # Whoever changes the scenario later does not change the room.
    tess.post(f"/scenarios/own/{edition.code}/", form | {"flashpoints.K.tension": "10"})
    plays.forget_all()
    assert plays.fold(Room.objects.get(pk=room.pk)).scenario.tau == found.tau

    from negotiation.conferences.acts import FACILITATOR

    # What is written of it holds the briefings of all seats: theirs alone until the end.
    running = Room.objects.get(pk=room.pk)
    for viewer in (*found.seats, "observer"):
        assert b"be brief" not in msgspec.json.encode(exports.game_log(running, plays.fold(running), viewer)).lower()
    assert act(End(), FACILITATOR).ok
    kept = Room.objects.get(pk=room.pk)
    log = msgspec.json.encode(exports.game_log(kept, plays.fold(kept), "CN"))
    Edition.objects.all().delete()
    library._own.cache_clear()
    report = verification.check_file(log)
    assert not report.wrong


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("states.CN.gdp", "-1", "Write a number from 0.1 to 100000."),
        ("states.CN.gdp", "much", "Write a number."),
        ("states.CN.gdp", "nan", "Write a number from 0.1 to 100000."),
        ("states.CN.gdp", "1e999", "Write a number from 0.1 to 100000."),
        ("pairs.CN-US.trust", "1.5", "Write a number from 0 to 1."),
        ("rounds.default", "2.5", "Write a whole number."),
        ("rounds.default", "99", "Write a whole number from 3 to 8."),
        ("switches.slack", "7", "Write a whole number from 0 to 2."),
        ("title", "  ", "Write something here; it must not be empty."),
        ("states.KR.briefing", " ", "Write something here; it must not be empty."),
        ("parameters.kappa", "x", "Write a number."),
        ("measures.patrol.cost", "4", "Write a whole number from 0 to 3."),
        ("measures.patrol.evidence", "0.5", "Write a number from -2 to -0.01."),
        ("weights.pay", "-1", "Write a number from 0 to 2."),
        ("clock.talk", "soon", "Write a whole number."),
        ("clock.talk", "-60", "Write a whole number from 1 to 1209600."),
        ("windows.1", "loot", "Choose one of these:"),
        ("role_sheets.CN.sources", "a line\n" * 40, "lines at the most"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved_or_lost(
    tess: Client, name: str, value: str, said: str
) -> None:
    edition = copied(tess)
    form = form_of(edition) | ({"clock.rounds": "3"} if name.startswith("clock") else {}) | {name: value}
    (found,) = tess.post(f"/scenarios/own/{edition.code}/check/", form).json()["mistakes"]
    assert said in found["said"]
    assert found["field"] == name
    assert found["label"]
    response = tess.post(f"/scenarios/own/{edition.code}/", form)
    assert response.status_code == 422
    page = response.content.decode()
    assert f'id="{name}_error">{found["said"]}</p>' in page
    assert f'aria-invalid="true" aria-describedby="{name}_error"' in page
    assert f'<a href="#{name}">' in page
    assert page.count('aria-invalid="true"') == 1
    assert Edition.objects.count() == 1
    if name.startswith(("states.CN", "pairs")):
        assert f'value="{value}"' in page


def test_all_that_is_wrong_is_said_at_once_each_at_its_field(tess: Client) -> None:
    edition = copied(tess)
    wrong = {
        "title": "",
        "states.CN.gdp": "much",
        "states.JP.milex": "-3",
        "pairs.CN-US.trust": "2",
        "weights.pay": "9",
        "clock.talk": "60",
        # The rules count the news that there is; the form has rows that are empty.
        "news.1.text": "",
        "news.2.text": "From home.",
        "news.2.capital": "yes",
        "news.3.text": "Late.",
        "news.3.round": "99",
        "news.3.phase": "loot",
        "role_sheets.US.history": "",
        "states.KR.briefing": "",
    }
    form = form_of(edition) | wrong
    found = {one["field"] for one in tess.post(f"/scenarios/own/{edition.code}/check/", form).json()["mistakes"]}
    assert found == {
        *wrong.keys() - {"news.1.text", "news.2.text", "news.2.capital", "news.3.text", "clock.talk"},
        *("news.2.to", "clock.rounds"),
    }
    page = tess.post(f"/scenarios/own/{edition.code}/", form).content.decode()
    for name in found:
        assert f'id="{name}"' in page
        assert f'id="{name}_error"' in page
    links = re.findall(r'<li><a href="#([^"]+)">', page)
    assert set(links) == found
    places = [page.index(f'id="{name}"') for name in links]
    assert places == sorted(places)


def test_what_cannot_be_read_hides_no_other_mistake(tess: Client) -> None:
    edition = copied(tess)
    wrong = {"clock.rounds": "abc", "clock.talk": "60", "clock.vote": "soon", "weights.pay": "9", "states.CN.gdp": "-"}
    found = tess.post(f"/scenarios/own/{edition.code}/check/", form_of(edition) | wrong).json()["mistakes"]
    assert {one["field"] for one in found} == wrong.keys() - {"clock.talk"}


def test_mistakes_are_said_in_the_language_of_the_reader(tess: Client) -> None:
    edition = copied(tess)
    tess.cookies["django_language"] = "ko"
    form = form_of(edition) | {"states.CN.gdp": "-1"}
    (found,) = tess.post(f"/scenarios/own/{edition.code}/check/", form).json()["mistakes"]
    assert re.search("[가-힣]", found["said"])
    assert re.search("[가-힣]", found["label"])
    assert "Write" not in found["said"]


def test_a_scenario_in_which_nobody_can_agree_is_said_before_a_class_sees_it(tess: Client) -> None:
    edition = copied(tess, "cjk")
    form = form_of(edition) | {"with": [], "templates": []}
    response = tess.post(f"/scenarios/own/{edition.code}/", form, follow=True)
    assert "Nobody could agree" in response.content.decode()
    hollow = Edition.objects.get(number=2)
    assert hollow.agreements == 0
    wish = {"title": "x", "scenario": hollow.name, "people": "6", "per_seat": "1", "odd": "nearest"}
    refused = tess.post("/conferences/new/", wish)
    assert refused.status_code == 422
    assert "Nobody can agree" in refused.content.decode()
    assert not Room.objects.exists()


@pytest.mark.parametrize("part", SWITCHABLE)
def test_every_part_can_be_switched_off_and_bots_still_play(part: str) -> None:
    raw = raw_of("thaad2017", NEWEST_RULES) | {"without": [part]}
    found = made(raw, "x", NEWEST_RULES)
    assert not any(part in template.uses() for template in found.templates)
    results = simulate(Plan(scenario=found, cast=cast_of(found, None, "motley"), plays=1))
    assert len(results) == 1


def test_words_weights_a_clock_and_news_of_ones_own_are_saved_and_played(tess: Client) -> None:
    edition = copied(tess, "cjk")
    page = f"/scenarios/own/{edition.code}/"
    form = form_of(edition) | {
        "measures.patrol.cost": "3",
        "measures.patrol.evidence": "-0.9",
        "weights.pay": "0.9",
        "windows.1": "trade",
        "windows.2": "",
        "clock.rounds": "2",
        "clock.talk": "77",
        "offices.CN.press": "Smile.",
        "offices.CN.defence": "",
        "translations.ko.title": "한중일",
        "translations.ko.briefings.KR": "당신은 서울을 이끕니다.",
        "news.1.round": "2",
        "news.1.phase": "talk",
        "news.1.text": "Bring something home.",
        "news.1.to": ["KR"],
        "news.1.capital": "yes",
    }
    assert tess.post(page, form).status_code == 302
    newest = Edition.objects.get(number=2)
    found = library.load(newest.name, newest.rules)
    assert (found.measures["patrol"].cost, found.measures["patrol"].evidence) == (3, -0.9)
    assert found.measures["radar"] == load("cjk").measures["radar"]
    assert (found.weights["pay"], found.weights["cap"]) == (0.9, 0.7)
    assert found.windows == {1: "trade", 3: "trade"}
    assert (found.presets["own"].rounds, found.presets["own"].seconds) == (2, {"talk": 77})
    assert found.office_briefings["CN"]["press"] == "Smile."
    assert "defence" not in found.office_briefings["CN"]
    assert (found.titles, found.translations["ko"]["KR"]) == ({"ko": "한중일"}, "당신은 서울을 이끕니다.")
    # What the copy left as it was is still read in every language; what it changed is not.
    shipped = load("cjk")
    assert found.translations["zh-hans"] == shipped.translations["zh-hans"]
    assert found.office_translations["zh-hans"]["CN"].keys() == {"economy", "intelligence"}

    play = begin(found, Settings(scenario=newest.name, preset="own", rules=newest.rules), "x")
    events: list[Any] = []
    while (play.phase, play.round) != ("talk", 2):
        more = rules.decide(play, Facilitator(), Advance() if play.phase != "lobby" else Start(), 0.0)
        events += more
        play = replay(play, more)
    injected = [event for event in events if isinstance(event, Injected)]
    assert [(one.text, one.to, one.capital) for one in injected] == [("Bring something home.", ("KR",), True)]
    assert play.deadline_at == 77
    own = observe(play, "KR").own
    assert own is not None
    assert own.briefings["ko"] == "당신은 서울을 이끕니다."

    # Nothing of it is left once it is emptied.
    emptied = form_of(newest) | {"clock.rounds": "", "clock.talk": "", "news.1.text": "", "offices.CN.press": ""}
    emptied |= {name: "" for name in emptied if name.startswith("translations.")}
    assert tess.post(page, emptied).status_code == 302
    raw = library.written_of(Edition.objects.get(number=3).name)
    assert raw is not None
    assert not raw.keys() & {"clock", "news"}
    assert not any(one.keys() - {"offices"} for one in raw.get("translations", {}).values())


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("\u200b\u200b", "Write something here"),
        (" \u2060 ", "Write something here"),
        ("Seoul\x00", "characters that cannot be shown"),
    ],
)
def test_a_title_can_be_seen_and_kept_whether_it_is_typed_or_comes_in_a_file(
    tess: Client, title: str, said: str
) -> None:
    edition = copied(tess, "cjk")
    saved = tess.post(f"/scenarios/own/{edition.code}/", form_of(edition) | {"title": title})
    raw = json.dumps(msgspec.json.decode(edition.written) | {"title": title})
    taken = tess.post("/scenarios/take/", {"file": SimpleUploadedFile("s.json", raw.encode())})
    for answer in (saved, taken):
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Edition.objects.count() == 1


def test_what_was_typed_stays_when_something_else_is_wrong(tess: Client) -> None:
    edition = copied(tess, "cjk")
    typed = {"news.1.text": "A ship is missing.", "title": "My title", "offices.JP.press": "Speak slowly."}
    form = form_of(edition) | typed | {"states.CN.briefing": "You are large.", "news.1.round": "99"}
    form["with"].remove("pay")
    answer = tess.post(f"/scenarios/own/{edition.code}/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in (*typed.values(), "You are large."):
        assert text in page
    assert not re.search(r'value="pay" checked', page)
    assert Edition.objects.count() == 1


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(ScenarioError, match="without"):
        made(raw_of("cjk", NEWEST_RULES) | {"without": ["magic"]}, "x", NEWEST_RULES)


def test_200_games_are_played_beside_the_server_with_progress(tess: Client, settings: Any) -> None:
    settings.GIVE_WAY = 0  # or other tests on this machine hold it up
    edition = copied(tess, "cjk")
    tess.post(f"/scenarios/own/{edition.code}/try/")
    seen = []
    end = time.monotonic() + 120
    while (tried := tess.get(f"/scenarios/own/{edition.code}/tried.json").json())["state"] == "running":
        seen.append(tried["done"])
        assert time.monotonic() < end
        time.sleep(0.2)
    assert tried["state"] == "done", tried
    assert len(set(seen)) > 2
    assert [one["seat"] for one in tried["seats"]] == ["CN", "JP", "KR"]
    assert sum(one["first"] for one in tried["seats"]) == pytest.approx(1, abs=0.01)


def test_a_scenario_travels_as_a_file(tess: Client) -> None:
    edition = copied(tess, "cjk")
    body = tess.get(f"/scenarios/own/{edition.code}/scenario.json").content
    other = Client()
    other.force_login(User.objects.create_user("tom"))
    assert other.post("/scenarios/take/", {"file": SimpleUploadedFile("s.json", body)}).status_code == 302
    taken = Edition.objects.get(owner__username="tom")
    assert json.loads(taken.written) == json.loads(edition.written)
    for wrong in (b"", b"{", b"\xff\xfe", b"id = 1", body.replace(b'"JP"', b'"XX"', 1), b"x" * 600_000):
        response = other.post("/scenarios/take/", {"file": SimpleUploadedFile("s.json", wrong)})
        assert response.status_code == 422
        assert "was not taken" in response.content.decode()
    assert Edition.objects.filter(owner__username="tom").count() == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("[rounds]", "[rounds", "[rounds", "It is not TOML: Expected"),
        ("default = 3", "default = 99", "default = 99", "rounds.default: Write a whole number from 2 to 6."),
        ("most = 6", "", "[rounds]", "rounds.most: Fill this in: what stands beside it needs it."),
        (
            "[region]",
            "[region]\ncolour = 1",
            "colour = 1",
            "region.colour: Take this away. What may stand here: vitality.",
        ),
        ('2 = "exchange"', '2 = "loot"', '2 = "loot"', "windows.2: Choose one of these: exchange,"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_its_line(tess: Client, old: str, new: str, line: str, said: str) -> None:
    text = text_of("cjk").replace(old, new, 1)
    number = 1 + [one.strip() for one in text.splitlines()].index(line)
    sent = SimpleUploadedFile("s.toml", text.encode())
    page = html.unescape(tess.post("/scenarios/take/", {"file": sent}).content.decode())
    assert f"Line {number}" in page
    assert said in page
    assert 'aria-invalid="true" aria-describedby="id_file_error"' in page


def test_the_place_of_a_figure_is_found_in_a_file() -> None:
    text = "[a]\nb = 1\n[a.c]\n'x-y' = 2\n[[news]]\nround = 1\n[[news]]\nround = 2\n[s]\n[[s.m]]\ncode = 'x'\n"
    at = {
        path: mending.place_in_file(text, path)
        for path in ("a.b", "a.c.x-y", "a.c.z", "news.2.round", "s.m[0].code", "q")
    }
    assert at == {"a.b": 2, "a.c.x-y": 4, "a.c.z": 3, "news.2.round": 8, "s.m[0].code": 11, "q": 0}


@pytest.mark.parametrize(
    "text",
    [
        'x = """\n[' + " " * 20_000 + '\n"""',
        'x = """\n' + "a." * 50_000 + '\n"""',
        '"[' + "9" * 5000 + ']" = 1',
    ],
    ids=["spaces", "dots", "digits"],
)
def test_a_strange_file_is_refused_and_soon(tess: Client, text: str) -> None:
    began = time.monotonic()
    answer = tess.post("/scenarios/take/", {"file": SimpleUploadedFile("s.toml", text.encode())})
    assert answer.status_code == 422
    assert time.monotonic() - began < 5


def test_nobody_sees_or_plays_what_is_anothers(tess: Client) -> None:
    edition = copied(tess, "cjk")
    other = Client()
    other.force_login(User.objects.create_user("mallory"))
    for page in ("", "check/", "try/", "tried.json", "scenario.json"):
        assert other.get(f"/scenarios/own/{edition.code}/{page}").status_code in (404, 405)
        assert other.post(f"/scenarios/own/{edition.code}/{page}").status_code in (404, 405)
        assert Client().get(f"/scenarios/own/{edition.code}/{page}").status_code in (302, 405)
    for client in (other, Client()):
        wish = {"scenario": edition.name, "names": "both", "observers": "on"}
        assert client.post("/rooms/new/", wish).status_code == 422
    assert not Room.objects.exists()


def next_edition(edition: Edition) -> Edition:
    """Returns the next edition, the same but for its number, kept in the way of a form that is saved."""
    raw = msgspec.json.decode(edition.written)
    assert edition.owner is not None
    return editions.publish(edition.owner, raw, made(raw, "x", edition.rules), base=edition.base, after=edition)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "MOST_SCENARIOS", 2)
    monkeypatch.setattr(editions, "KEPT_EDITIONS", 3)


@pytest.mark.usefixtures("few")
def test_one_saves_for_ever_and_old_editions_go_but_those_that_something_was_made_with() -> None:
    owner = User.objects.create_user("tess")
    raw = raw_of("staghunt", NEWEST_RULES)
    first = editions.publish(owner, raw, made(raw, "x", NEWEST_RULES), base="staghunt")
    second = next_edition(first)
    third = next_edition(second)
    creation.create(wish=Wish(Settings(scenario=first.name)))
    Conference.objects.create(title="Monday", scenario=third.name, settings="{}", owner=owner)
    for _ in range(8):
        newest = next_edition(first)
    numbers = Edition.objects.filter(code=first.code).order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 3, 9, 10, 11]
    assert [one.name for one in library.newest_of(owner)] == [newest.name]


@pytest.mark.usefixtures("few")
def test_who_keeps_as_many_scenarios_as_fit_is_told_so_and_may_still_save_and_erase(tess: Client) -> None:
    for _ in range(2):
        assert tess.post("/scenarios/shipped/staghunt/copy/").status_code == 302
    refusal = "You keep 2 scenarios; no more fit."
    refused = tess.post("/scenarios/shipped/staghunt/copy/")
    assert (refused.status_code, refusal in refused.content.decode()) == (422, True)
    file = SimpleUploadedFile("s.toml", text_of("staghunt").encode())
    taken = tess.post("/scenarios/take/", {"file": file})
    assert (taken.status_code, refusal in taken.content.decode()) == (422, True)
    edition = Edition.objects.first()
    assert edition is not None
    next_edition(edition)
    assert tess.post(f"/scenarios/own/{edition.code}/erase/", {"code": edition.code}).status_code == 302
    assert tess.post("/scenarios/shipped/staghunt/copy/").status_code == 302


def test_a_scenario_is_erased_by_its_owner_who_writes_its_code_and_rooms_keep_theirs(tess: Client) -> None:
    edition = copied(tess, "staghunt")
    next_edition(edition)
    room = creation.create(wish=Wish(Settings(scenario=edition.name)))
    page = f"/scenarios/own/{edition.code}/erase/"
    assert page in tess.get(f"/scenarios/own/{edition.code}/").content.decode()
    other = Client()
    other.force_login(User.objects.create_user("mallory"))
    assert other.post(page, {"code": edition.code}).status_code == 404
    assert tess.get(page).status_code == 200
    assert tess.post(page, {"code": "else"}).status_code == 422
    assert Edition.objects.count() == 2
    assert tess.post(page, {"code": edition.code.lower()}).status_code == 302
    assert tess.get(f"/scenarios/own/{edition.code}/").status_code == 404
    assert [one.name for one in Edition.objects.all()] == [edition.name], "the one that nothing was made with is gone"
    library._own.cache_clear()
    assert plays.fold(room).scenario.titles == {}


def test_every_figure_of_a_shipped_scenario_can_be_seen_with_its_source() -> None:
    page = Client().get("/scenarios/shipped/thaad2017/").content.decode()
    found = load("thaad2017", NEWEST_RULES)
    for figure in found.figures():
        assert figure.path in page
    assert Client().get("/scenarios/").status_code == 200
    assert Client().get("/scenarios/shipped/nowhere/").status_code == 404
