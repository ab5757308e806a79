"""Pages of scenarios: the shelf, the figures of each with their sources, and the editor of copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game import rulesets, scenario
from game.analysis import analyse
from game.figures import ScenarioError
from game.scenario import NEWEST_RULES, Scenario
from game.scenario_additions import NEWS_PHASES
from game.scenario_file import made, parse, raw_of
from negotiation.languages.current import say, sentences
from negotiation.scenarios import editor, library, role_sheets, trials
from negotiation.scenarios.editor import WrongField
from negotiation.scenarios.models import Edition, new_code

MOST_EDITIONS = 200
MOST_BYTES = 512 * 1024


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Shows the shipped scenarios, and one's own."""
    own = library.newest_of(request.user) if request.user.is_authenticated else []

    def told(names: Iterable[str]) -> list[tuple[str, str, str, Scenario]]:
        return [(name, say(f"scenario.{name}"), say(f"scenario_about.{name}"), scenario.load(name)) for name in names]

    context = {"shipped": told(scenario.names()), "cases": told(scenario.cases()), "own": own}
    return render(request, "scenarios/shelf.html", context)


@require_safe
def shipped(request: HttpRequest, name: str) -> HttpResponse:
    """Shows every figure of a shipped scenario with its unit, its source and how sure anybody is of it."""
    if name not in (*scenario.names(), *scenario.cases()):
        raise Http404
    found = scenario.load(name, NEWEST_RULES)
    if not rulesets.of(found).has_region:
        return render(request, "scenarios/case.html", _case(found) | {"name": name})
    context = {
        "name": name,
        "scenario": found,
        "about": say(f"scenario_about.{name}"),
        "title": say(f"scenario.{name}"),
        "figures": found.figures(),
    }
    return render(request, "scenarios/shipped.html", context)


@require_safe
def roles(request: HttpRequest, name: str) -> HttpResponse:
    """Shows the role sheets of a shipped scenario, a printed page a state."""
    if name not in scenario.names():
        raise Http404
    back = reverse("scenarios:shipped", kwargs={"name": name})
    return role_sheets.page(request, scenario.load(name, NEWEST_RULES), title=say(f"scenario.{name}"), back=back)


@never_cache
@require_safe
@login_required
def own_roles(request: HttpRequest, code: str) -> HttpResponse:
    """Shows those of a copy."""
    edition = _own(request, code)
    back = reverse("scenarios:edit", kwargs={"code": code})
    return role_sheets.page(request, library.load(edition.name, edition.rules), title=edition.title, back=back)


@require_POST
@login_required
def copy(request: HttpRequest, name: str) -> HttpResponse:
    """Makes a copy of a shipped scenario that may be changed."""
    if name not in (*scenario.names(), *scenario.cases()):
        raise Http404
    raw = raw_of(name, NEWEST_RULES)
    raw["title"] = _("%(title)s, a copy") % {"title": say(f"scenario.{name}")}
    edition = _publish(_user(request), raw, made(raw, name, NEWEST_RULES), base=name)
    return redirect("scenarios:edit", code=edition.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, code: str) -> HttpResponseBase:
    """Shows a copy's figures as a form; saving makes the next edition, and rooms keep theirs."""
    edition = _own(request, code)
    raw = msgspec.json.decode(edition.written, type=dict[str, Any])
    if not rulesets.of(found := made(raw, edition.name, edition.rules)).has_region:
        return render(request, "scenarios/case.html", _case(found) | {"edition": edition, "name": edition.name})
    problem = field = ""
    if request.method == "POST":
        try:
            new, found = editor.changed(raw, request.POST, edition.rules, _("this copy"))
            saved = _publish(_user(request), new, found, base=edition.base, after=edition)
        except (WrongField, ScenarioError) as error:
            problem, field = str(error), _field_of(error)
        else:
            if saved.agreements == 0:
                messages.warning(request, HOLLOW())
            messages.success(request, _("Saved as edition %(number)d.") % {"number": saved.number})
            return redirect("scenarios:edit", code=code)
    found = made(raw, edition.name, edition.rules)
    context = {
        "edition": edition,
        "grids": _posted(editor.grids(raw, found), request.POST) if problem else editor.grids(raw, found),
        "title": request.POST.get("title", edition.title),
        "checks": _ticked(editor.checks(raw), request.POST) if problem else editor.checks(raw),
        "texts": [(title, [_said(one, request.POST) for one in fields]) for title, fields in editor.texts(raw)],
        "windows": [one._replace(value=request.POST.get(one.name, one.value)) for one in editor.choices(raw)],
        "clock": [_said(one, request.POST) for one in editor.timetable(raw)],
        "news": _news(editor.news(raw), request.POST) if problem else editor.news(raw),
        "seats": [(seat, say(f"seat.{seat}")) for seat in raw["seats"]],
        "phases": [(phase, say(f"phase.{phase}")) for phase in NEWS_PHASES],
        "problem": problem,
        "field": field,
        "is_hollow": edition.agreements == 0,
        "hollow": HOLLOW(),
        "editions": Edition.objects.filter(code=code, owner=edition.owner)[:12],
    }
    return render(request, "scenarios/edit.html", context, status=422 if problem else 200)


def _case(found: Scenario) -> dict[str, Any]:
    """Returns what the page of a game of another kind shows: what its players know, and for who runs it the rest."""
    names = library.seat_names(found)
    found = library.as_read(found)
    context: dict[str, Any] = {"scenario": found, "names": names, "about": sentences("scenario_about").get(found.id)}
    if found.scorable is not None:
        told = analyse(found.scorable).told()
        context |= {
            "game": found.scorable,
            "vetoes": [names[seat] for seat in found.scorable.vetoes],
            "told": told,
            "acceptable": [(names[seat], count) for seat, count in told.acceptable.items()],
        }
    if found.matrix is not None:
        rows = zip(found.matrix.combinations(), found.matrix.payoffs, strict=True)
        context |= {
            "matrix": found.matrix,
            "rows": [([found.matrix.moves[move].title for move in combination], row) for combination, row in rows],
        }
    return context


def HOLLOW() -> str:  # noqa: N802 (a sentence that is translated when it is said)
    return _("Nobody could agree on anything in four games among bots: a class would find nothing to adopt.")


@require_POST
@login_required
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Says what is wrong with the form as it stands, in the rules' own words."""
    edition = _own(request, code)
    raw = msgspec.json.decode(edition.written, type=dict[str, Any])
    try:
        editor.changed(raw, request.POST, edition.rules, _("this copy"))
    except (WrongField, ScenarioError) as error:
        return JsonResponse({"problem": str(error), "field": _field_of(error)})
    return JsonResponse({"problem": "", "field": ""})


@require_POST
@login_required
def try_out(request: HttpRequest, code: str) -> HttpResponse:
    """Begins a trial of the newest edition."""
    trials.begin(_own(request, code))
    return redirect("scenarios:edit", code=code)


@never_cache
@require_safe
@login_required
def tried(request: HttpRequest, code: str) -> HttpResponse:
    """Gives how far the trial is, or what came of it."""
    return JsonResponse(_own(request, code).tried)


@require_safe
@login_required
def file(request: HttpRequest, code: str) -> HttpResponse:
    """Gives the newest edition as a file: for a colleague, and for the command line."""
    edition = _own(request, code)
    body = msgspec.json.format(edition.written.encode(), indent=1)
    name = f"{edition.code}-{edition.number}.json"
    return HttpResponse(
        body, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
@login_required
def take(request: HttpRequest) -> HttpResponse:
    """Takes a scenario from a file, TOML or JSON, as a copy of one's own."""
    sent = request.FILES.get("file")
    try:
        if sent is None or sent.size is None or sent.size > MOST_BYTES:
            raise ScenarioError(_("Choose a file of at most 512 kB."))
        text = sent.read().decode("utf-8-sig")
        name = "scenario.json" if text.lstrip().startswith("{") else "scenario.toml"
        found = parse(text, name, NEWEST_RULES)
        raw = msgspec.json.decode(text) if name.endswith("json") else msgspec.toml.decode(text.encode())
        edition = _publish(_user(request), raw, found, base=found.id[:40])
    except (ScenarioError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        messages.error(request, _("The file was not taken: %(problem)s") % {"problem": str(error)[:400]})
        return redirect("scenarios:shelf")
    return redirect("scenarios:edit", code=edition.code)


def _publish(
    user: User, raw: Mapping[str, Any], found: Scenario, *, base: str, after: Edition | None = None
) -> Edition:
    if Edition.objects.filter(owner=user).count() >= MOST_EDITIONS:
        raise ScenarioError(_("You keep %(most)d editions; no more fit.") % {"most": MOST_EDITIONS})
    newest = Edition.objects.filter(code=after.code).order_by("-number").first() if after else None
    return Edition.objects.create(
        code=newest.code if newest else new_code(),
        number=newest.number + 1 if newest else 1,
        owner=user,
        title=str(raw["title"])[:80],
        base=base,
        rules=after.rules if after else NEWEST_RULES,
        written=msgspec.json.encode(raw).decode(),
        agreements=trials.agreements_of(found),
    )


def _own(request: HttpRequest, code: str) -> Edition:
    edition = Edition.objects.filter(code=code, owner=_user(request)).order_by("-number").first()
    if edition is None:
        raise Http404
    return edition


def _user(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user


def _field_of(error: Exception) -> str:
    """Returns the name of the field that the rules complain of: the second part of their sentence."""
    if isinstance(error, WrongField):
        return error.name
    parts = str(error).split(": ")
    return parts[1].partition("[")[0] if len(parts) > 2 else ""


def _posted(found: list[editor.Grid], posted: Any) -> list[editor.Grid]:
    """Returns the grids with what was written into the form, so that nothing is lost where something is wrong."""
    return [
        grid._replace(
            rows=tuple(
                (title, tuple(one._replace(value=posted.get(one.name, one.value)) for one in fields))
                for title, fields in grid.rows
            )
        )
        for grid in found
    ]


def _said(one: editor.Text, posted: Any) -> editor.Text:
    return one._replace(value=posted.get(one.name, one.value))


def _ticked(found: list[tuple[str, list[editor.Check]]], posted: Any) -> list[tuple[str, list[editor.Check]]]:
    return [
        (title, [box._replace(is_on=box.value in posted.getlist(box.name)) for box in boxes]) for title, boxes in found
    ]


def _news(items: list[editor.Item], posted: Any) -> list[editor.Item]:
    return [
        editor.Item(
            one.number,
            posted.get(f"news.{one.number}.round", one.round),
            posted.get(f"news.{one.number}.phase", one.phase),
            posted.get(f"news.{one.number}.text", one.text),
            tuple(posted.getlist(f"news.{one.number}.to")),
            bool(posted.get(f"news.{one.number}.capital")),
        )
        for one in items
    ]
